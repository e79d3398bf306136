using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Policy;
using Liaison.Reading;
using Liaison.Writeback;

namespace Liaison.Gateway;

/// <summary>Change sets as a caller may see them: rights end, and what was stored under them must not outlive them (R218).</summary>
/// <remarks>Who oversees sees all. To others what was proposed stays to be seen; what stood in the record and what was cited are shown while the caller may read them.</remarks>
internal sealed class ShownChanges(Gate gate, Members members, TypeOpener types)
{
    private const string NotPermitted = "(not permitted)";

    private static readonly Role[] Overseers = [Role.Approver, Role.Operator, Role.Auditor];

    /// <summary>Tells whether a caller sees the changes of others too, and all of them.</summary>
    public bool Oversees(Caller caller) => members.Require(caller, "oversee changes", Overseers).Failure is null;

    public async Task<Result<ChangeSetRow>> ToAsync(Caller caller, Result<ChangeSetRow> result, CancellationToken cancellationToken) =>
        result.TryGet(out var row, out var failure) ? (await ToAsync(caller, [row], cancellationToken))[0] : failure;

    public async Task<Result<Proposal>> ToAsync(Caller caller, Result<Proposal> result, CancellationToken cancellationToken) =>
        result.TryGet(out var proposal, out _) && proposal.Stored is { } row
            ? proposal with { Stored = (await ToAsync(caller, [row], cancellationToken))[0] }
            : result;

    /// <summary>Gives change sets without the values that the caller may not read now.</summary>
    public async Task<IReadOnlyList<ChangeSetRow>> ToAsync(Caller caller, IReadOnlyList<ChangeSetRow> rows, CancellationToken cancellationToken)
    {
        if (Oversees(caller))
        {
            return rows;
        }

        var schemas = new Dictionary<(ConnectionName, RecordType), RecordSchema?>();
        var shown = new List<ChangeSetRow>(rows.Count);
        foreach (var row in rows)
        {
            var content = ChangeContent.FromJson(row.Content);
            var fields = new List<FieldDelta>(content.Fields.Count);
            foreach (var delta in content.Fields)
            {
                fields.Add(delta.Before.Kind == NativeKind.Missing || await MayReadAsync(row.Record.Connection, new RecordType(content.Type), delta.NativeName)
                    ? delta
                    : delta with { Before = NativeValue.Missing, BeforeText = NotPermitted });
            }

            var evidence = new List<Evidence>(content.Evidence.Count);
            foreach (var cited in content.Evidence)
            {
                evidence.Add(await MayReadAsync(cited.Record.Connection, cited.Record.Type, cited.Field) ? cited : cited with { Text = NotPermitted });
            }

            shown.Add(row with { Content = (content with { Fields = fields, Evidence = evidence }).ToJson() });
        }

        return shown;

        async Task<bool> MayReadAsync(ConnectionName connection, RecordType type, string field)
        {
            if (!schemas.TryGetValue((connection, type), out var schema))
            {
                schema = schemas[(connection, type)] = await ReadableAsync(caller, connection, type, cancellationToken);
            }

            return schema?.Find(field) is not null;
        }
    }

    /// <summary>Gives the schema that the caller sees; <see langword="null"/> where there is none to be had, so that nothing is shown.</summary>
    private async Task<RecordSchema?> ReadableAsync(Caller caller, ConnectionName connection, RecordType type, CancellationToken cancellationToken) =>
        gate.Judge(caller, connection, type, Access.Read).TryGet(out var permit, out _)
        && (await types.OpenAsync(permit, cancellationToken)).TryGet(out var open, out _)
            ? open.Permitted
            : null;
}
