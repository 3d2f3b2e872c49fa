const secretName =
  /(?:pass(?:word|phrase|wd)|pwd|secret|token|credential|authorization|cookie|connection[-_]?string|(?:api|private|secret|access|signing|encryption)[-_]?key)s?$/i;

/** Does the name of a field or a setting say that its value is a secret? `password`, `smtpPassword`, `API_KEY`: yes; `tokenUrl`: no. */
export function isSecretName(name: string): boolean {
  return secretName.test(name);
}
