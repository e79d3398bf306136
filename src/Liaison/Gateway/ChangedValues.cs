using Liaison.Audit;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Writeback;

namespace Liaison.Gateway;

/// <summary>The values of changes before and after, for an audit that keeps them.</summary>
internal static class ChangedValues
{
    public static IReadOnlyList<AuditedValue> Of(ChangeSetRow row) => Of(row.Record, ChangeContent.FromJson(row.Content));

    public static IReadOnlyList<AuditedValue> Of(Result<ChangeSetRow> result) => result.TryGet(out var row, out _) ? Of(row) : [];

    public static IReadOnlyList<AuditedValue> Of(ChangeOutcome outcome) => outcome is { Receipt: { } receipt, Content: { } content }
        ? Of(receipt.Record, content)
        : [];

    private static AuditedValue[] Of(RecordRef record, ChangeContent content) =>
        [.. content.Fields.Select(delta => new AuditedValue(record.Id, delta.Field, delta.BeforeText, delta.AfterText))];
}
