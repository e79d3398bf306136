using Liaison.Failures;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Normalization;
using Liaison.Policy;
using Liaison.Reading;
using Liaison.Writeback;

namespace Liaison.Gateway;

/// <summary>Finds the company that a proposal leaves open, and keeps a company from being made twice (R84, R134).</summary>
/// <remarks>With the caller's own rights: a company that they do not see is no match, and is not told.</remarks>
internal sealed class RightCompany(Gate gate, ReadRecords read, MatchCompany match)
{
    /// <summary>Gives the request with its company named.</summary>
    /// <returns>
    /// <see cref="FailureKind.NotFound"/> where no company fits or several do; <see cref="FailureKind.Duplicate"/> with its id where the
    /// company that is to be made stands already.
    /// </returns>
    public async Task<Result<ChangeRequest>> ResolveAsync(Caller caller, ChangeRequest request, CancellationToken cancellationToken) => request.Action switch
    {
        ChangeAction.Associate { To: { Id: "" } to } link when to.Type == RecordType.Company && link.Record.Type == RecordType.Contact =>
            (await CompanyOfAsync(caller, link.Record, cancellationToken)).Then<ChangeRequest>(
                company => request with { Action = link with { To = to with { Id = company } } }),
        ChangeAction.Associate { To.Id: "" } => new Failure(
            FailureKind.Invalid, "Only the company of a contact can be left to be found; name the other record as connection/type/id.") { Field = "to" },
        ChangeAction.CreateRecord create when create.Type == RecordType.Company && await StandingAsync(caller, create, cancellationToken) is { } standing => standing,
        _ => request,
    };

    private async Task<Result<string>> CompanyOfAsync(Caller caller, RecordRef contact, CancellationToken cancellationToken)
    {
        if (!gate.Judge(caller, contact.Connection, contact.Type, Access.Read).TryGet(out var permit, out var failure)
            || !gate.Judge(caller, contact.Connection, RecordType.Company, Access.Read).TryGet(out var companies, out failure)
            || !(await read.ExecuteAsync(permit, new ReadRequest(contact.Connection, contact.Type, [contact.Id], [FieldNames.Email]), gate.ReadingOf(caller, contact.Connection), cancellationToken)).TryGet(out var answer, out failure))
        {
            return failure;
        }

        var clues = new CompanyClues(null, answer.Records is [var person] ? ValueText.Of(person[FieldNames.Email]) : null, null);
        if (MatchCompany.DomainOf(clues) is not { } domain)
        {
            return Unfound("the contact has no address at a company: it has none that can be read, or one at a free mail provider");
        }

        return (await match.ExecuteAsync(companies, clues, cancellationToken)).Then<string>(found => found.Ids switch
        {
            [var only] => only,
            [] => Unfound($"no company has the domain {domain}"),
            _ => Unfound($"{found.Ids.Count} companies have the domain {domain}"),
        });
    }

    // Who may make companies and not read any cannot be told of one: then an approver looks, as for every create.
    private async Task<Failure?> StandingAsync(Caller caller, ChangeAction.CreateRecord create, CancellationToken cancellationToken)
    {
        if (!gate.Judge(caller, create.Connection, RecordType.Company, Access.Read).TryGet(out var permit, out _))
        {
            return null;
        }

        var clues = new CompanyClues(TextOf(create, FieldNames.Domain), null, TextOf(create, FieldNames.Name));
        return !(await match.ExecuteAsync(permit, clues, cancellationToken)).TryGet(out var found, out var failure) ? failure
            : found.Ids is [] ? null
            : new Failure(
                FailureKind.Duplicate,
                $"A company of this {found.By} stands already: {create.Connection}/{RecordType.Company}/{found.Ids[0]}; update that one instead.")
            {
                ExistingId = found.Ids[0],
            };
    }

    private static string? TextOf(ChangeAction.CreateRecord create, string field) =>
        create.Fields.FirstOrDefault(change => change.Field == field) is { } change ? ValueText.Of(change.Value) : null;

    private static Failure Unfound(string why) => new(
        FailureKind.NotFound, $"The company was left to be found, and {why}; name it as connection/company/id.") { Field = "to" };
}
