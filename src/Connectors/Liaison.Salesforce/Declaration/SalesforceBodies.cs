using System.Collections.Frozen;
using Liaison.Connectors;
using Liaison.Salesforce.Wire;

namespace Liaison.Salesforce.Declaration;

/// <summary>What the call log shows of Salesforce's bodies: what steers a call and what an error says of itself, never a field's value.</summary>
/// <remarks>Fields stand beside the protocol's own names; those begin with a small letter and names of fields with a capital one.</remarks>
internal static class SalesforceBodies
{
    internal static BodyDescriptor Value { get; } = new()
    {
        ShownNames = FrozenSet.Create(
            StringComparer.Ordinal,
            "errorCode", "statusCode", "error", "success", "created", "done", "totalSize", "allOrNone", "type", "fields", "method",
            "referenceId", "httpStatusCode", "operation", "object", "state", "contentType", "apiVersion", "concurrencyMode",
            "numberRecordsProcessed", "numberRecordsFailed", "externalIdFieldName", "lineEnding", "columnDelimiter"),
        RecordIdNames = FrozenSet.Create(StringComparer.Ordinal, "id", "Id"),
        RecordIdQueries = FrozenSet.Create(StringComparer.Ordinal, "ids"),

        // A word of fifteen letters in a path is no id: every id has a digit in its first three places or soon after.
        IsRecordId = text => text.Any(char.IsAsciiDigit) && SalesforceId.Normalize(text) is not null,
    };
}
