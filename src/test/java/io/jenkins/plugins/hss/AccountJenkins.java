package io.jenkins.plugins.hss;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertFalse;

import hudson.model.Result;
import io.jenkins.plugins.hss.fake.Api;
import io.jenkins.plugins.hss.fake.Call;
import org.junit.jupiter.api.extension.ExtendWith;

/** One Jenkins for tests of accounts: what they all run, and ask the service afterwards. */
@ExtendWith(FastPolling.class)
abstract class AccountJenkins extends SharedJenkins {
    static final String EXPORT = "hssImageReportExport 'malwares'";

    int calls(Api api) {
        return hss.service().calls(api).size();
    }

    Call submit(int index) {
        return hss.service().calls(Api.SUBMIT).get(index);
    }

    void fails(String script, String... messages) throws Exception {
        String log = HssJenkins.log(hss.runs(Result.FAILURE, script));
        for (String message : messages) {
            assertThat(log, allOf(containsString("ERROR: "), containsString(message)));
        }
        hss.assertKept();
        assertFalse(log.contains(Account.SK));
    }
}
