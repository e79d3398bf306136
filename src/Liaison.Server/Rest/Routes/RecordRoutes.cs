using Liaison.Failures;
using Liaison.Gateway;
using Liaison.Identity;
using Liaison.Model;
using Liaison.Reading;
using Liaison.Server.Rest.Authentication;
using Liaison.Server.Rest.Problems;
using Liaison.Server.Rest.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Liaison.Server.Rest.Routes;

/// <summary>Records: by filter, by number, by id, and their links.</summary>
internal static class RecordRoutes
{
    private const int LargestPage = 100;
    private const int MostIds = 1_000;

    // A filter and the ids of people do not belong into addresses, which proxies write down; so what asks by them is posted.
    public static void MapRecords(this IEndpointRouteBuilder routes)
    {
        var records = routes.MapGroup("/connections/{connection}/records/{type}").WithTags("records");
        records.MapPost("/query", QueryAsync).WithSummary("Read one page of the records that fit a filter.").Produces<RecordPageView>();
        records.MapPost("/count", CountAsync).WithSummary("Count the records that fit a filter.").Produces<CountView>();
        records.MapGet("/{id}", GetAsync).WithSummary("Read one record.").Produces<RecordView>();
        records.MapPost("/associations/{to}", AssociatedAsync).WithSummary("Read the links from records to those of another type.").Produces<AssociationListView>();
    }

    private static async Task<IResult> QueryAsync(
        HttpContext context, LiaisonGateway gateway, string connection, string type, QueryBody body, CancellationToken cancellationToken)
    {
        if (body.PageSize is < 1 or > LargestPage)
        {
            return Answers.Invalid($"A page has 1 to {LargestPage} records.");
        }

        var (caller, name, recordType) = (Proof.CallerOf(context), new ConnectionName(connection), new RecordType(type));
        return (await FieldsAsync(gateway, caller, name, recordType, body.Fields, cancellationToken)).TryGet(out var fields, out var failure)
            ? Answers.Of(
                await gateway.QueryAsync(caller, new QueryRequest(name, recordType, fields, body.Where, body.Cursor, body.PageSize), cancellationToken),
                RecordPageView.Of)
            : Problem.Of(failure);
    }

    private static async Task<IResult> CountAsync(
        HttpContext context, LiaisonGateway gateway, string connection, string type, CountBody body, CancellationToken cancellationToken) =>
        Answers.Of(
            await gateway.CountAsync(
                Proof.CallerOf(context), new QueryRequest(new ConnectionName(connection), new RecordType(type), [], body.Where), cancellationToken),
            count => new CountView(count));

    private static async Task<IResult> GetAsync(
        HttpContext context, LiaisonGateway gateway, string connection, string type, string id, string? fields, CancellationToken cancellationToken)
    {
        var (caller, name, recordType) = (Proof.CallerOf(context), new ConnectionName(connection), new RecordType(type));
        var asked = fields?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (!(await FieldsAsync(gateway, caller, name, recordType, asked, cancellationToken)).TryGet(out var wanted, out var failure)
            || !(await gateway.ReadAsync(caller, new ReadRequest(name, recordType, [id], wanted), cancellationToken)).TryGet(out var answer, out failure))
        {
            return Problem.Of(failure);
        }

        return answer.Records is [var record]
            ? Answers.Ok(RecordView.Of(record))
            : Problem.Of(new Failure(FailureKind.NotFound, $"There is no such {recordType} on {name} for this caller."));
    }

    private static async Task<IResult> AssociatedAsync(
        HttpContext context, LiaisonGateway gateway, string connection, string type, string to, AssociationsBody body, CancellationToken cancellationToken) =>
        body.Ids.Count is < 1 or > MostIds
            ? Answers.Invalid($"Name 1 to {MostIds} ids.")
            : Answers.Of(
                await gateway.AssociatedAsync(
                    Proof.CallerOf(context),
                    new AssociationRequest(new ConnectionName(connection), new RecordType(type), new RecordType(to), body.Ids),
                    cancellationToken),
                AssociationListView.Of);

    private static async Task<Result<IReadOnlyList<string>>> FieldsAsync(
        LiaisonGateway gateway, Caller caller, ConnectionName connection, RecordType type, IReadOnlyList<string>? asked, CancellationToken cancellationToken) =>
        asked is { Count: > 0 }
            ? Result<IReadOnlyList<string>>.Of(asked)
            : (await gateway.DescribeAsync(caller, connection, type, cancellationToken)).Then(
                schema => Result<IReadOnlyList<string>>.Of(DefaultFields.Of(schema)));
}
