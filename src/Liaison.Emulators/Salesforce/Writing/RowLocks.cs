using Liaison.Emulators.Salesforce.Http;

namespace Liaison.Emulators.Salesforce.Writing;

/// <summary>Rows that another transaction holds; to write one, or a child of one, does not get through (contract section 16).</summary>
internal sealed class RowLocks
{
    private readonly Dictionary<string, int> _held = new(StringComparer.Ordinal);

    /// <summary>Holds a row for so many tries of others.</summary>
    public void Hold(string id, int tries) => _held[id] = tries;

    public void Clear() => _held.Clear();

    public SalesforceError? Check(Draft draft)
    {
        if (_held.Count == 0)
        {
            return null;
        }

        var touched = draft.Type.Fields.Where(field => field.ReferenceTo.Count > 0 && field.Name is "AccountId" or "ParentId" or "OpportunityId" or "ContactId" or "WhatId" or "WhoId")
            .SelectMany(field => new[] { draft.Will(field.Name) as string, draft.Row?[field] as string }).Append(draft.Row?.Id);
        var held = touched.FirstOrDefault(id => id is not null && _held.GetValueOrDefault(id) > 0);
        if (held is null)
        {
            return null;
        }

        _held[held]--;
        return new SalesforceError("UNABLE_TO_LOCK_ROW", $"unable to obtain exclusive access to this record or 1 records: {held}", []);
    }
}
