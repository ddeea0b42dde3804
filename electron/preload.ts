import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { INVOKE_CHANNEL, STATE_CHANNEL, type WindowBridge } from '../shared/window-bridge.ts';

// Transport only: what is asked, by whom, and what comes back is checked at both ends, not here.
const bridge: WindowBridge = {
  invoke: (command, input) => ipcRenderer.invoke(INVOKE_CHANNEL, command, input),
  onState: (listener) => {
    const forward = (_event: unknown, state: unknown) => listener(state);
    ipcRenderer.on(STATE_CHANNEL, forward);
    return () => ipcRenderer.off(STATE_CHANNEL, forward);
  },
  pathOf: (file) => webUtils.getPathForFile(file as Parameters<typeof webUtils.getPathForFile>[0]),
};

contextBridge.exposeInMainWorld('lockstep', bridge);
