package io.jenkins.plugins.hss;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import io.jenkins.plugins.hss.config.HssConnection;
import io.jenkins.plugins.hss.config.HssGlobalConfiguration;
import io.jenkins.plugins.hss.fake.FakeHss;
import java.util.List;

/** The kinds of account: what the service knows of each, and the connection that uses it. */
enum Account {
    TOKEN,
    ACCESS_KEY,
    IAM_USER;

    static final String AK = "HPUATESTACCESSKEY001";
    static final String SK = "sk-test/that+nobody=may0see";
    static final String DOMAIN = "acme";
    static final String USER = "jenkins";
    /** What JSON writes another way than people do. */
    static final String PASSWORD = "pass\"wörd\\that nobody may see";

    /** Makes the account known to the fake, its credentials the only ones, and its connection the only one. */
    HssConnection connect(HssJenkins hss) throws Exception {
        hss.service().accessKey(AK, SK).iamUser(DOMAIN, USER, PASSWORD);
        HssJenkins.credentials(credentials());
        HssConnection connection = hss.connection();
        if (this != TOKEN) {
            connection.setRegion(FakeHss.REGION);
            connection.setIamEndpoint(hss.service().url().toString());
            connection.setProjectId(null);
        }
        if (this == IAM_USER) {
            connection.setIamDomain(DOMAIN);
        }
        save(connection);
        return connection;
    }

    static void save(HssConnection connection) {
        HssGlobalConfiguration.get().setConnections(List.of(connection));
    }

    Credentials credentials() throws Exception {
        return switch (this) {
            case TOKEN -> HssJenkins.token(CredentialsScope.SYSTEM, HssJenkins.CREDENTIALS, HssJenkins.TOKEN);
            case ACCESS_KEY -> pair(HssJenkins.CREDENTIALS, AK, SK);
            case IAM_USER -> pair(HssJenkins.CREDENTIALS, USER, PASSWORD);
        };
    }

    /** Returns user name and password, for connections and jobs. */
    static Credentials pair(String id, String user, String password) throws Exception {
        return new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, id, null, user, password);
    }

    /** Makes user name and password the only credentials, those of the connection. */
    static void change(String user, String password) throws Exception {
        HssJenkins.credentials(pair(HssJenkins.CREDENTIALS, user, password));
    }
}
