export const requestToken = async (..._: unknown[]): Promise<string> => ''
export const lookUp = async (..._: unknown[]): Promise<unknown> => ''
