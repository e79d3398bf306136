using System.Globalization;
using Liaison.Audit;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Work;
using Liaison.Writeback;

namespace Liaison.Bench;

/// <summary>What the benchmarks store, of the size that a real run stores.</summary>
internal static class Subjects
{
    private static readonly ConnectionName Connection = new("hubspot-demo");

    private static readonly Caller Caller =
        new(new Subject(SubjectKind.Principal, "qualification"), new Actor("qualify"), Purpose.Qualification, "run-01jdbench");

    public static Run Run(string id) => new(
        id, "qualify", Connection, Caller, RunState.Running, "{}", Cursor: null, Selected: false, Reason: null,
        DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, FinishedAt: null);

    public static RecordRef Record(int number) =>
        new(Connection, RecordType.Contact, (10_000_000_000L + number).ToString(CultureInfo.InvariantCulture));

    public static AuditEntry Entry(int number) => new(
        string.Create(CultureInfo.InvariantCulture, $"trc-01jdbench{number / 2:D14}"),
        number % 2 == 0 ? AuditPhase.Opened : AuditPhase.Closed,
        DateTimeOffset.UnixEpoch.AddMilliseconds(number),
        Caller,
        Connection,
        CrmEnvironment.Production,
        "records.read",
        RecordType.Contact,
        [Record(number / 2).Id],
        ["email", "firstname", "lastname"],
        number % 2 == 0 ? null : "ok");

    public static ChangeSetRow Change(int number) => new(
        string.Create(CultureInfo.InvariantCulture, $"chg-01jdbench{number:D14}"),
        string.Create(CultureInfo.InvariantCulture, $"run-01jdbench/{number}/score"),
        Record(number),
        ChangeState.Validated,
        RiskClass.Low,
        new string('x', 400),
        new string('c', 64),
        "v1",
        Caller,
        Note: null,
        DateTimeOffset.UnixEpoch,
        DateTimeOffset.UnixEpoch);
}
