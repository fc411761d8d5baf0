package io.jenkins.plugins.hss.engine;

/** Shows what can't be seen: control, format and bidirectional characters and lone surrogates become escapes. */
public final class VisibleText {
    private VisibleText() {}

    /** Returns the text with escapes such as {@code \u005cu202E}, and the text itself where there is nothing to show. */
    public static String of(String text) {
        StringBuilder visible = null;
        for (int at = 0; at < text.length(); ) {
            int character = text.codePointAt(at);
            int next = at + Character.charCount(character);
            if (isHidden(character)) {
                if (visible == null) {
                    visible = new StringBuilder(text.length() + 32).append(text, 0, at);
                }
                for (int unit = at; unit < next; unit++) {
                    visible.append(escape(text.charAt(unit)));
                }
            } else if (visible != null) {
                visible.appendCodePoint(character);
            }
            at = next;
        }
        return visible == null ? text : visible.toString();
    }

    /** Returns the escape of a UTF-16 unit. */
    static String escape(int unit) {
        return String.format("\\u%04X", unit);
    }

    /** Returns whether a code point shows nothing of itself, or changes how others are shown. */
    static boolean isHidden(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
