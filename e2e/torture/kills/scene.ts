import type { AttachedEngine } from '../../../electron/control/attached-engine.ts';
import type { Product } from './product.ts';
import type { World } from './world.ts';

/** Something that the program does, in which it or a git of it is killed. */
export interface Scene {
  readonly name: string;
  /** Names that go from the folder in it. */
  readonly vanishing: RegExp;
  /** Makes the world as it is when the program starts; done once, and copied for every kill. */
  create(stage: Stage): Promise<World>;
  /** What is saved and then asked of the program once it has come to rest; without it, what it finds at its start is enough. */
  readonly later?: {
    save(world: World, seed: number): void;
    ask(world: World, engine: AttachedEngine, seed: number): Promise<void>;
  };
}

export interface Stage {
  readonly product: Product;
  readonly seed: number;
  readonly directory: string;
}
