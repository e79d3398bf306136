using Liaison.Emulators.Salesforce.Http;
using Liaison.Emulators.Salesforce.Rights;

namespace Liaison.Emulators.Salesforce.Writing;

/// <summary>Who writes, when, with which switches, and how it is taken back.</summary>
/// <param name="AutoAssign">Whether assignment rules run on leads and cases; the header must say no for them not to (contract section 3.4).</param>
/// <param name="AllowDuplicates">Whether a duplicate rule that only warns is passed.</param>
internal sealed record WriteContext(UserSchema Schema, DateTimeOffset Now, UndoLog Undo, bool AutoAssign = true, bool AllowDuplicates = false)
{
    /// <summary>Gets whether the duplicates that are shown are bounded by what the user may see.</summary>
    public bool DuplicatesAsUser { get; init; }

    public bool DuplicateDetails { get; init; }

    public static WriteContext Of(Call call)
    {
        const string Rule = "Sforce-Duplicate-Rule-Header";
        return new(
            call.Schema,
            call.Now,
            call.Undo,
            !string.Equals(call.Header("Sforce-Auto-Assign"), "FALSE", StringComparison.OrdinalIgnoreCase),
            IsOn(call.HeaderOption(Rule, "allowSave")))
        {
            DuplicatesAsUser = IsOn(call.HeaderOption(Rule, "runAsCurrentUser")),
            DuplicateDetails = IsOn(call.HeaderOption(Rule, "includeRecordDetails")),
        };
    }

    private static bool IsOn(string? option) => string.Equals(option, "true", StringComparison.OrdinalIgnoreCase);
}

/// <summary>What became of one record.</summary>
/// <param name="Id">The record; <see langword="null"/> for one that was not written.</param>
internal sealed record WriteOutcome(string? Id, bool Created, IReadOnlyList<SalesforceError> Errors)
{
    public bool Success => Errors.Count == 0;

    /// <summary>Gets the records that an upsert could have meant, where it was more than one: nothing was written then.</summary>
    public IReadOnlyList<Model.SObjectRow> Candidates { get; init; } = [];

    public static WriteOutcome Done(string id, bool created = false) => new(id, created, []);

    public static WriteOutcome Fail(params IReadOnlyList<SalesforceError> errors) => new(null, false, errors);

    public static WriteOutcome Fail(string code, string message, params IReadOnlyList<string> fields) => Fail(new SalesforceError(code, message, fields));
}
