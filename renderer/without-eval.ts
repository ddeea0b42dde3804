import { config } from 'zod';

// The page's policy allows no `new Function`. Schemas look at this when they are made, so it has to be the first module that runs.
config({ jitless: true });
