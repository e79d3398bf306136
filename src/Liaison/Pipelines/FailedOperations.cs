using Liaison.Audit;
using Liaison.Failures;
using Liaison.Normalization;
using Liaison.Work;
using Liaison.Writeback;

namespace Liaison.Pipelines;

/// <summary>Writes down what was being done when an item failed for good; record values only encrypted, where the audit keeps any.</summary>
internal sealed class FailedOperations(TimeProvider time, AuditValues? values = null)
{
    /// <summary>Tells of a change that the gateway or the CRM refused.</summary>
    public FailedOperation Of(ChangeSet change, Failure failure)
    {
        var fields = change.Action is ChangeAction.UpdateFields update ? update.Fields : [];
        return Of("changes.submit", failure) with
        {
            ChangeId = change.Id,
            Fields = [.. fields.Select(field => field.Field)],
            Values = values?.Protect(
                [.. fields.Select(field => new AuditedValue(change.Action.Target.Id, field.Field, Before: null, ValueText.Of(field.Value)))]),
        };
    }

    /// <summary>Tells of an operation that had come to no change yet.</summary>
    public FailedOperation Of(string operation, Failure failure) => new(
        operation,
        ChangeId: null,
        Fields: [],
        Values: null,
        failure.CorrelationId,
        failure.Attempts is { Count: > 0 } attempts ? attempts : [new FailedAttempt(time.GetUtcNow(), failure.Kind, failure.CorrelationId)]);
}
