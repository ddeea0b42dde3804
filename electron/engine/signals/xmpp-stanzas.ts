import { createHash } from 'node:crypto';
import { isAutosyncBot } from './autosync.ts';
import { bareJid, resourceOf } from './jid.ts';
import { child, childElements, textOf, xmlElement, type XmlElement } from './xml-element.ts';

/** Namespace of our payload and name of its PEP node. */
export const NS_DOORBELL = 'urn:lockstep:doorbell:1';
export const NS_DISCO_INFO = 'http://jabber.org/protocol/disco#info';
const NS_CLIENT = 'jabber:client';
const NS_CAPS = 'http://jabber.org/protocol/caps';
const NS_PING = 'urn:xmpp:ping';
const NS_PUBSUB = 'http://jabber.org/protocol/pubsub';
const NS_FORM = 'jabber:x:data';

/** Our caps node: where a person would look up what this client is. */
const CAPS_NODE = 'lockstep';
const CLIENT_NAME = 'Lockstep';
/** Sorted, as the verification string wants it. `+notify` makes the server send us the node's events (XEP-0163). */
const FEATURES = [NS_CAPS, NS_DISCO_INFO, `${NS_DOORBELL}+notify`, NS_PING];
/** XEP-0115, section 5.1. */
const CAPS_VER = createHash('sha1')
  .update([`client/pc//${CLIENT_NAME}`, ...FEATURES].map((part) => `${part}<`).join(''))
  .digest('base64');

/** Of older items nobody has use: whoever connects pulls everything. */
const MAX_ITEMS = '16';

export const presence = (priority: number): XmlElement =>
  xmlElement('presence', NS_CLIENT, {}, [
    xmlElement('priority', null, {}, [String(priority)]),
    xmlElement('c', NS_CAPS, { hash: 'sha-1', node: CAPS_NODE, ver: CAPS_VER }),
  ]);

export const ownDiscoInfo = (node: string | undefined): XmlElement =>
  xmlElement('query', NS_DISCO_INFO, { node }, [
    xmlElement('identity', null, { category: 'client', type: 'pc', name: CLIENT_NAME }),
    ...FEATURES.map((feature) => xmlElement('feature', null, { var: feature })),
  ]);

export const discoInfoRequest = (): XmlElement => xmlElement('query', NS_DISCO_INFO);
export const ping = (): XmlElement => xmlElement('ping', NS_PING);
export const iq = (type: 'get' | 'set', id: string, to: string | undefined, payload: XmlElement): XmlElement => xmlElement('iq', NS_CLIENT, { type, id, to }, [payload]);

/** Whether an account's server keeps nodes for it that accept options when publishing (XEP-0163). */
export const offersPep = (info: XmlElement): boolean =>
  childElements(info).some((each) => each.name === 'identity' && each.attrs['category'] === 'pubsub' && each.attrs['type'] === 'pep');

/** Nobody but the account itself may read the node, not even its contacts. */
const NODE_OPTIONS = { 'pubsub#access_model': 'whitelist', 'pubsub#persist_items': 'true', 'pubsub#max_items': MAX_ITEMS };

const nodeForm = (formType: string): XmlElement =>
  xmlElement('x', NS_FORM, { type: 'submit' }, [
    xmlElement('field', null, { var: 'FORM_TYPE', type: 'hidden' }, [xmlElement('value', null, {}, [formType])]),
    ...Object.entries(NODE_OPTIONS).map(([name, value]) => xmlElement('field', null, { var: name }, [xmlElement('value', null, {}, [value])])),
  ]);

/** The item's id is the repository key: a later announcement takes the place of the earlier one. */
export const publish = (repo: string, sealed: string): XmlElement =>
  xmlElement('pubsub', NS_PUBSUB, {}, [
    xmlElement('publish', null, { node: NS_DOORBELL }, [xmlElement('item', null, { id: repo }, [doorbell(sealed)])]),
    xmlElement('publish-options', null, {}, [nodeForm(`${NS_PUBSUB}#publish-options`)]),
  ]);

/** For a node that exists with other options: `publish` refuses it. */
export const configureNode = (): XmlElement =>
  xmlElement('pubsub', `${NS_PUBSUB}#owner`, {}, [xmlElement('configure', null, { node: NS_DOORBELL }, [nodeForm(`${NS_PUBSUB}#node_config`)])]);

/** Without PEP: to one resource. No body (chat clients and dvcs-autosync's bots do not see it), nothing stored, no copies. */
export const directDoorbell = (to: string, sealed: string): XmlElement =>
  xmlElement('message', NS_CLIENT, { to, type: 'normal' }, [doorbell(sealed), xmlElement('no-store', 'urn:xmpp:hints'), xmlElement('no-copy', 'urn:xmpp:hints')]);

export const chatMessage = (to: string, body: string): XmlElement => xmlElement('message', NS_CLIENT, { to, type: 'chat' }, [xmlElement('body', null, {}, [body])]);

const doorbell = (sealed: string): XmlElement => xmlElement('doorbell', NS_DOORBELL, {}, [sealed]);

/** What a message is to us. */
export type Heard = { readonly kind: 'doorbell'; readonly sealed: string } | { readonly kind: 'chat'; readonly body: string };

/** Wrappers around what somebody else said, or said earlier. A forged carbon has a true sender only on its outside, so none is opened. */
const WRAPPERS = new Set(['urn:xmpp:forward:0', 'urn:xmpp:carbons:2', 'urn:xmpp:mam:2', 'urn:xmpp:delay', 'jabber:x:delay']);

/**
 * Reads a message that came to `ownJid` (full). Only what the account itself said counts: the server vouches for the
 * outer `from`, and one without `from` is the account's (RFC 6120, 8.1.2.1). Null for everything else and for our own echo.
 */
export function heardIn(message: XmlElement, ownJid: string): Heard | null {
  const own = bareJid(ownJid);
  const from = message.attrs['from'] ?? own;
  const type = message.attrs['type'] ?? 'normal';
  if (bareJid(from) !== own || from === ownJid || type === 'error' || type === 'groupchat') return null;
  if (childElements(message).some(({ ns }) => ns !== null && WRAPPERS.has(ns))) return null;
  const sealed = from === own ? publishedIn(message) : child(message, 'doorbell', NS_DOORBELL);
  if (sealed) return { kind: 'doorbell', sealed: textOf(sealed) };
  const body = child(message, 'body', null);
  return body && type === 'chat' && isAutosyncBot(resourceOf(from)) ? { kind: 'chat', body: textOf(body) } : null;
}

function publishedIn(message: XmlElement): XmlElement | undefined {
  const event = child(message, 'event', `${NS_PUBSUB}#event`);
  const items = event && childElements(event).find(({ name, attrs }) => name === 'items' && attrs['node'] === NS_DOORBELL);
  const item = items && child(items, 'item', null);
  return item && child(item, 'doorbell', NS_DOORBELL);
}
