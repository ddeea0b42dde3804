import type { ReactNode } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import './sheet.css';

interface SheetProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly isNarrow?: boolean;
}

/** A dialog over the window. Escape and a click beside it close it; the focus goes back to where it came from. */
export function Sheet({ title, isOpen, onClose, children, isNarrow = false }: SheetProps) {
  return (
    <ModalOverlay className="sheet-veil" isOpen={isOpen} onOpenChange={(open) => open || onClose()} isDismissable>
      <Modal className={isNarrow ? 'sheet narrow' : 'sheet'}>
        <Dialog className="sheet-dialog">
          <Heading slot="title" className="sheet-title">
            {title}
          </Heading>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
