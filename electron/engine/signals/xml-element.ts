/** An XML element as the links see it: namespaces resolved, no parents, text as strings. */
export interface XmlElement {
  readonly name: string;
  readonly ns: string | null;
  readonly attrs: Readonly<Record<string, string>>;
  readonly children: readonly (XmlElement | string)[];
}

/** `ns` null: that of the element around it. Attributes that are undefined are left out. */
export const xmlElement = (name: string, ns: string | null, attrs: Readonly<Record<string, string | undefined>> = {}, children: readonly (XmlElement | string)[] = []): XmlElement => ({
  name,
  ns,
  attrs: Object.fromEntries(Object.entries(attrs).filter((pair): pair is [string, string] => pair[1] !== undefined)),
  children,
});

export const childElements = (element: XmlElement): readonly XmlElement[] => element.children.filter((child): child is XmlElement => typeof child !== 'string');

export const child = (element: XmlElement, name: string, ns: string | null): XmlElement | undefined =>
  childElements(element).find((each) => each.name === name && (ns === null || each.ns === ns));

/** The text directly in it. */
export const textOf = (element: XmlElement): string => element.children.filter((each): each is string => typeof each === 'string').join('');
