import { Menu } from 'electron';

/** No menu bar is drawn; its keys work all the same. */
export function setKeys(): void {
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      {
        label: 'Lockstep',
        submenu: [
          { role: 'quit', accelerator: 'CmdOrCtrl+Q' },
          { role: 'close', accelerator: 'CmdOrCtrl+W' },
          { role: 'minimize', accelerator: 'CmdOrCtrl+M' },
          { role: 'togglefullscreen' },
          { role: 'resetZoom' },
          { role: 'zoomIn' },
          { role: 'zoomOut' },
        ],
      },
      { role: 'editMenu' },
    ]),
  );
}
