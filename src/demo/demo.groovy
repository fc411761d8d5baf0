// Gives a Jenkins on its first start a stand-in for HSS, a connection to it, and jobs that export from it and judge its scans.

import com.cloudbees.plugins.credentials.CredentialsScope
import com.cloudbees.plugins.credentials.SystemCredentialsProvider
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl
import hudson.model.FreeStyleProject
import io.jenkins.plugins.hss.HssImageReportExportBuilder
import io.jenkins.plugins.hss.config.HssConnection
import io.jenkins.plugins.hss.config.HssGlobalConfiguration
import jenkins.model.Jenkins
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition
import org.jenkinsci.plugins.workflow.job.WorkflowJob

def jenkins = Jenkins.get()

def classes = new File(System.getProperty('hss.demo.classes')).toURI().toURL()
def service = new URLClassLoader([classes] as URL[], jenkins.pluginManager.uberClassLoader)
        .loadClass('io.jenkins.plugins.hss.fake.FakeHss')
        .getMethod('demo')
        .invoke(null)

def credentials = SystemCredentialsProvider.instance
if (credentials.credentials.empty) {
    credentials.credentials.add(new UsernamePasswordCredentialsImpl(
            CredentialsScope.SYSTEM, 'hss-demo', 'Access key of the demo', 'DEMOACCESSKEY', 'demo-secret-key'))
    credentials.save()
}

def connection = new HssConnection('demo')
connection.region = 'cn-north-4'
connection.endpoint = service.url().toString()
connection.iamEndpoint = service.url().toString()
connection.credentialsId = 'hss-demo'
HssGlobalConfiguration.get().connections = [connection]

def pipeline = { String name, String script ->
    if (jenkins.getItem(name) == null) {
        def job = jenkins.createProject(WorkflowJob, name)
        job.definition = new CpsFlowDefinition(script, true)
        job.save()
    }
}

pipeline('declarative', '''\
pipeline {
    agent none
    stages {
        stage('Report') {
            steps {
                hssImageReportExport reportType: 'malwares', cicdName: 'shop-pipeline', archiveReport: true, unstableAbove: 40
            }
        }
    }
}
''')

pipeline('scripted', '''\
def task = hssImageReportExport(reportType: 'apps', cicdName: 'shop-pipeline', filter: [imageName: 'shop/web'])
echo "HSS exports the software of shop/web with the task $task"
''')

pipeline('scan', '''\
hssImageScanResult image: 'shop/web:42', cicdName: 'shop-pipeline', archiveFindings: true, qualityGates: [
    [type: 'vulnerability', severity: 'high', threshold: 1],
    [type: 'risk-config', threshold: 10, criticality: 'UNSTABLE']]
''')

pipeline('scan-passed', '''\
def scan = hssImageScanResult(image: 'shop/api:7', archiveFindings: true, qualityGates: [
    [type: 'vulnerability', severity: 'high', threshold: 1],
    [type: 'malwares', threshold: 1]])
echo "${scan.count('vulnerability')} vulnerabilities, scanned ${scan.scannedAt}"
''')

if (jenkins.getItem('freestyle') == null) {
    def export = new HssImageReportExportBuilder('sensitive-info')
    export.cicdName = 'billing-pipeline'
    export.archiveReport = true
    def job = jenkins.createProject(FreeStyleProject, 'freestyle')
    job.buildersList.add(export)
    job.save()
}

println "The stand-in for HSS listens on ${service.url()}"
