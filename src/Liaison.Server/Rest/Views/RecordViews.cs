using Liaison.Model;
using Liaison.Reading;

namespace Liaison.Server.Rest.Views;

/// <summary>Asks for records that fit a filter.</summary>
/// <param name="Where">The condition in the filter language; left out for every record.</param>
/// <param name="Fields">The wanted fields; left out for every canonical field that the caller may read.</param>
/// <param name="Cursor">Where the page begins, as the page before told in <c>next</c>.</param>
/// <param name="PageSize">The most records of a page, 1 to 100.</param>
internal sealed record QueryBody(string? Where = null, IReadOnlyList<string>? Fields = null, string? Cursor = null, int? PageSize = null);

/// <summary>Asks how many records fit a filter.</summary>
internal sealed record CountBody(string? Where = null);

/// <summary>Asks for the links of some records.</summary>
internal sealed record AssociationsBody(IReadOnlyList<string> Ids);

/// <summary>A record with the fields that were asked for.</summary>
internal sealed record RecordView(
    string Connection,
    string Type,
    string Id,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? UpdatedAt,
    string? Version,
    Uri? Url,
    DateTimeOffset ReadAt,
    IReadOnlyDictionary<string, FieldView> Fields)
{
    public static RecordView Of(Record record) => new(
        record.Ref.Connection.Value,
        record.Ref.Type.Name,
        record.Ref.Id,
        record.CreatedAt,
        record.UpdatedAt,
        record.Version,
        record.Url,
        record.Provenance.ReadAt,
        record.Fields.ToDictionary(field => field.Key, field => new FieldView(field.Value), StringComparer.Ordinal));
}

/// <summary>One page of records.</summary>
/// <param name="Next">The cursor of the next page; left out on the last.</param>
/// <param name="Total">How many records fit in all, where the CRM tells.</param>
internal sealed record RecordPageView(IReadOnlyList<RecordView> Records, string? Next, long? Total)
{
    public static RecordPageView Of(QueryPage page) => new([.. page.Records.Select(RecordView.Of)], page.Next, page.Total);
}

/// <summary>How many records fit.</summary>
internal sealed record CountView(long Count);

/// <summary>A link from one record to another.</summary>
internal sealed record AssociationView(string FromId, string ToId, IReadOnlyList<string> Labels, bool IsPrimary);

/// <summary>The links of some records.</summary>
internal sealed record AssociationListView(IReadOnlyList<AssociationView> Associations)
{
    public static AssociationListView Of(IReadOnlyList<Association> links) =>
        new([.. links.Select(link => new AssociationView(link.FromId, link.ToId, link.Labels, link.IsPrimary))]);
}
