using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Model;
using Liaison.Salesforce.Declaration;
using Liaison.Salesforce.Schema;
using Liaison.Salesforce.Soql;
using Liaison.Salesforce.Wire;
using Liaison.Wire;

namespace Liaison.Salesforce.Records;

/// <summary>Reads the links between records: from fields that hold ids, and from the rows between contacts and deals.</summary>
internal sealed class LinkReader(SalesforceApi api, RowSource rows, SchemaReader schemas)
{
    internal async Task<Result<IReadOnlyList<Association>>> ReadAsync(
        SalesforceObject from, SalesforceObject to, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        List<string> known = [.. ids.Select(SalesforceId.Normalize).OfType<string>().Distinct(StringComparer.Ordinal)];
        var read = LinkRule.Of(from.Type, to.Type) switch
        {
            null => Refused(from, to),
            _ when known.Count == 0 => Result<IReadOnlyList<Association>>.Of([]),
            LinkRule.Field { Reversed: false, Polymorphic: null } field => await RetrieveAsync(from, field, known, cancellationToken),
            LinkRule.Field field => await QueryAsync(field, field.Reversed ? to : from, field.Reversed ? from : to, known, cancellationToken),
            var rule => (await RolesAsync((LinkRule.Role)rule, CrmOperation.ReadAssociations, known, cancellationToken)).Then(found =>
                Result<IReadOnlyList<Association>>.Of([.. found.GroupBy(row => (row.FromId, row.ToId)).Select(Merge)])),
        };

        // An id may have been given in its short spelling, under which the asker looks for it.
        return read.Then(links => Result<IReadOnlyList<Association>>.Of(
        [
            .. from id in ids.Distinct(StringComparer.Ordinal)
               join link in links on SalesforceId.Normalize(id) equals link.FromId
               select link with { FromId = id },
        ]));
    }

    /// <summary>Reads the rows between contacts and deals.</summary>
    internal async Task<Result<IReadOnlyList<RoleRow>>> RolesAsync(
        LinkRule.Role role, CrmOperation operation, IReadOnlyList<string> fromIds, CancellationToken cancellationToken)
    {
        string[] fields = [SystemFields.Id, role.FromField, role.ToField, LinkRule.Role.Label, LinkRule.Role.Primary];
        var soql = $"SELECT {string.Join(", ", fields)} FROM {LinkRule.Role.Sobject} WHERE {role.FromField} IN ({RecordReader.ListOf(fromIds)}) ORDER BY Id";
        var read = await rows.AllAsync(operation, $"{LinkRule.Role.Sobject}.links", soql, fields, cancellationToken);
        return read.Then(found => Result<IReadOnlyList<RoleRow>>.Of(
        [
            .. from row in found
               let fromId = SalesforceId.Normalize(row.Values.GetValueOrDefault(role.FromField).Raw ?? "")
               let toId = SalesforceId.Normalize(row.Values.GetValueOrDefault(role.ToField).Raw ?? "")
               where fromId is not null && toId is not null
               select new RoleRow(
                   row.Id, fromId, toId, row.Values.GetValueOrDefault(LinkRule.Role.Label).Raw, row.Values.GetValueOrDefault(LinkRule.Role.Primary).Raw == "true"),
        ]));
    }

    /// <summary>Tells that two types are not linked.</summary>
    internal static Failure Refused(SalesforceObject from, SalesforceObject to) => new(
        FailureKind.NotFound, $"Salesforce keeps no link between {NameOf(from)} and {NameOf(to)} that Liaison knows; set the field that holds the record's id.");

    private async Task<Result<IReadOnlyList<Association>>> RetrieveAsync(
        SalesforceObject holder, LinkRule.Field field, List<string> ids, CancellationToken cancellationToken)
    {
        string[] fields = [SystemFields.Id, field.Name];
        var call = new CrmCall(CrmOperation.ReadAssociations, $"{holder.Name}.{field.Name}", HttpMethod.Post, api.Paths.Retrieve(holder.Name))
        {
            Body = JsonBody.OfObject(writer =>
            {
                writer.WriteTexts("ids", ids);
                writer.WriteTexts("fields", fields);
            }),
            RecordCount = ids.Count,
        };
        var sent = await api.SendAsync(call, cancellationToken);
        return sent.Then(answer => SalesforceApi.Parse(answer, new RowReader(fields).ReadList))
            .Then(found => Result<IReadOnlyList<Association>>.Of([.. found.SelectMany(row => LinkOf(row, field))]));
    }

    private async Task<Result<IReadOnlyList<Association>>> QueryAsync(
        LinkRule.Field field, SalesforceObject holder, SalesforceObject held, List<string> ids, CancellationToken cancellationToken)
    {
        string[] fields = [SystemFields.Id, field.Name];
        var asked = field.Reversed ? field.Name : SystemFields.Id;
        var kind = field.Polymorphic is { } relationship && !field.Reversed ? $" AND {relationship}.Type = '{held.Name}'" : "";
        var read = await schemas.TellingCallsAsync(
            holder,
            told =>
            {
                var subtype = holder.SubtypeCondition(told) is { } part ? $" AND {part}" : "";
                var soql = $"SELECT Id, {field.Name} FROM {holder.Name} WHERE {asked} IN ({RecordReader.ListOf(ids)}){kind}{subtype} ORDER BY Id";
                return rows.AllAsync(CrmOperation.ReadAssociations, $"{holder.Name}.{field.Name}", soql, fields, cancellationToken);
            },
            cancellationToken);
        return read.Then(found => Result<IReadOnlyList<Association>>.Of([.. found.SelectMany(row => LinkOf(row, field))]));
    }

    /// <summary>Gives the link that a field of a row holds.</summary>
    internal static IEnumerable<Association> LinkOf(SalesforceRow row, LinkRule.Field field) =>
        SalesforceId.Normalize(row.Values.GetValueOrDefault(field.Name).Raw ?? "") is { } id
            ? [field.Reversed ? new Association(id, row.Id, []) : new Association(row.Id, id, [])]
            : [];

    // A contact may have several parts in one deal: it is one link whatever its labels.
    private static Association Merge(IGrouping<(string From, string To), RoleRow> same) => new(
        same.Key.From, same.Key.To, [.. same.Select(row => row.Label).OfType<string>().Where(label => label.Length > 0).Distinct(StringComparer.Ordinal)])
    {
        IsPrimary = same.Any(row => row.Primary),
    };

    private static string NameOf(SalesforceObject target) => SalesforceRecordTypes.All.Contains(target.Descriptor) ? target.Type.Name : "this type";
}

/// <summary>A row between a contact and a deal, seen from the side that was asked from.</summary>
internal sealed record RoleRow(string Id, string FromId, string ToId, string? Label, bool Primary);
