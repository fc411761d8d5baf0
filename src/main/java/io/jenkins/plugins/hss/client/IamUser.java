package io.jenkins.plugins.hss.client;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;

/**
 * A user of IAM who logs in with a password.
 *
 * @param account the account (domain) that the user belongs to
 * @param name the user's name
 * @param password the user's password; it never shows in {@link #toString}
 */
public record IamUser(String account, String name, String password) {
    /**
     * Takes what a login needs.
     *
     * @throws IllegalArgumentException with a message for people where a part is empty
     */
    public IamUser {
        if (account.isBlank() || name.isBlank() || password.isEmpty()) {
            throw new IllegalArgumentException(Messages.IamUser_incomplete());
        }
    }

    /** Returns the password as it is, and as it stands in the body of a request that may be echoed. */
    List<String> secrets() {
        return List.of(new String(JsonStringEncoder.getInstance().quoteAsString(password)), password);
    }

    @Override
    public String toString() {
        return account + "/" + name;
    }
}
