using Liaison.Gateway;
using Liaison.Gateway.Documents;
using Liaison.Model;
using Liaison.Server.Rest.Authentication;
using Liaison.Server.Rest.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Liaison.Server.Rest.Routes;

/// <summary>Which accounts there are for the caller, and what their record types hold.</summary>
internal static class ConnectionRoutes
{
    public static void MapConnections(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/connections", ListAsync).WithSummary("List the connections on which anything is opened to the caller.").WithTags("connections").Produces<ConnectionListView>();
        routes.MapGet("/connections/{connection}/schemas/{type}", DescribeAsync).WithSummary("List the fields of a record type that the caller may read.").WithTags("connections").Produces<SchemaView>();
        routes.MapGet("/connections/{connection}/schemas/{type}/pipelines", PipelinesAsync).WithSummary("List the pipelines of a record type with their stages in order; ?pipeline= gives one by its id.").WithTags("connections").Produces<PipelineListView>();
    }

    private static async Task<IResult> ListAsync(HttpContext context, AdministrationGateway administration, CancellationToken cancellationToken) =>
        Answers.Of(await administration.ListConnectionsAsync(Proof.CallerOf(context), cancellationToken), ConnectionListView.Of);

    private static async Task<IResult> DescribeAsync(
        HttpContext context, LiaisonGateway gateway, string connection, string type, CancellationToken cancellationToken) =>
        Answers.Of(
            await gateway.DescribeAsync(Proof.CallerOf(context), new ConnectionName(connection), new RecordType(type), cancellationToken),
            SchemaView.Of);

    private static async Task<IResult> PipelinesAsync(
        HttpContext context, LiaisonGateway gateway, string connection, string type, string? pipeline, CancellationToken cancellationToken) =>
        Answers.Of(
            await gateway.PipelinesAsync(Proof.CallerOf(context), new ConnectionName(connection), new RecordType(type), pipeline, cancellationToken),
            pipelines => new PipelineListView([.. pipelines.Select(PipelineDocument.Of)]));
}
