using System.Globalization;
using Liaison.Audit;
using Liaison.Connectors;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Work;
using Liaison.Writeback;

namespace Liaison.Testing.Stores;

/// <summary>What the suites store; each test states only what it is about.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static readonly ConnectionName Connection = new("hubspot-demo");

    public static Caller Caller(string? runId = null) =>
        new(new Subject(SubjectKind.User, "ann@example.com"), new Actor("qualify"), Purpose.Qualification, runId);

    public static RecordRef Record(int number) => new(Connection, RecordType.Contact, Id(number));

    public static IReadOnlyList<RecordRef> Records(int first, int count) => [.. Enumerable.Range(first, count).Select(Record)];

    public static Run Run(string id, DateTimeOffset? createdAt = null) => new(
        id, "qualify", Connection, Caller(), RunState.Running, """{"threshold":70}""",
        Cursor: null, Selected: false, Reason: null, createdAt ?? Start, createdAt ?? Start, FinishedAt: null);

    public static ChangeSetRow Change(int number, string? runId = null, ChangeState state = ChangeState.Proposed) => new(
        $"chg-{Id(number)}", $"key-{Id(number)}", Record(number), state, RiskClass.Low, """{"action":"update"}""", "c0ffee",
        "v1", Caller(runId), Note: null, Start.AddSeconds(number), Start.AddSeconds(number));

    public static AuditEntry Opened(string trace, string? runId = null, params IReadOnlyList<string> records) => new(
        trace, AuditPhase.Opened, Start, Caller(runId), Connection, CrmEnvironment.Sandbox, "records.read", RecordType.Contact,
        records, ["email"], Outcome: null);

    public static AuditEntry Closed(string trace, string? runId = null, params IReadOnlyList<string> records) =>
        Opened(trace, runId, records) with { Phase = AuditPhase.Closed, Outcome = "ok" };

    public static CallEntry Call(string? runId, CrmOperation operation, int? status = 200, string? failure = null, DateTimeOffset? at = null) => new(
        Connection, runId, operation, "contacts.batch-read", "POST", "/crm/objects/2026-09/contacts/batch/read", status, failure,
        "corr-1", RecordCount: 100, Attempt: 1, TimeSpan.FromMilliseconds(3), TimeSpan.FromMilliseconds(120), at ?? Start);

    private static string Id(int number) => number.ToString("D6", CultureInfo.InvariantCulture);
}
