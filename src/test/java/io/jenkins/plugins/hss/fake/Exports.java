package io.jenkins.plugins.hss.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The export tasks, how they end, and their files. */
final class Exports {
    private record Task(String id, String fileId, String type, String cicdName, int size, Instant since) {}

    private final Map<String, Task> tasks = new LinkedHashMap<>();
    private Duration duration = Duration.ZERO;
    private String end = "success";
    private long records = 42;
    private Content report;

    synchronized void take(Duration time) {
        duration = time;
    }

    synchronized void end(String status) {
        end = status;
    }

    synchronized void records(long number) {
        records = number;
    }

    synchronized long records() {
        return records;
    }

    synchronized void report(Content content) {
        report = content;
    }

    synchronized List<String> taskIds() {
        return List.copyOf(tasks.keySet());
    }

    synchronized List<String> cicdNames() {
        return tasks.values().stream().map(Task::cicdName).toList();
    }

    /** Starts a task, and tells its ID. */
    synchronized String start(JsonNode request, Instant now) {
        Task task = new Task(
                UUID.randomUUID().toString(),
                UUID.randomUUID().toString(),
                request.get("security_report_type").textValue(),
                request.path("cicd_name").asText(),
                request.get("export_size").intValue(),
                now);
        tasks.put(task.id(), task);
        return task.id();
    }

    synchronized Map<String, Object> status(String taskId, Instant now) {
        Task task = tasks.get(taskId);
        if (task == null) {
            throw notFound("任务不存在: " + taskId);
        }
        Map<String, Object> answer = Json.object(
                "task_id", task.id(), "task_name", "export_" + task.type(), "task_status", statusOf(task, now));
        if (hasFile(task, now)) {
            answer.put("file_id", task.fileId());
            answer.put("file_name", Report.name(task.type()) + ".zip");
        }
        return answer;
    }

    synchronized Content file(String fileId, Instant now) {
        for (Task task : tasks.values()) {
            if (task.fileId().equals(fileId) && hasFile(task, now)) {
                return report != null ? report : Report.findings(task.type(), Math.min(records, task.size()));
            }
        }
        throw notFound("文件不存在: " + fileId);
    }

    private boolean hasFile(Task task, Instant now) {
        return statusOf(task, now).equals("success");
    }

    private String statusOf(Task task, Instant now) {
        return now.isBefore(task.since().plus(duration)) ? "running" : end;
    }

    private static Refusal notFound(String message) {
        return new Refusal(Answers.hss(404, "HSS.0011", message));
    }
}
