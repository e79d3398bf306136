using Liaison.Failures;
using Liaison.Operations;
using Liaison.Server.Rest.Problems;
using Liaison.Server.Rest.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Liaison.Server.Rest.Routes;

/// <summary>Every address of the REST door.</summary>
internal static class RestRoutes
{
    private static readonly int[] RefusedBy = [400, 401, 403, 404, 409, 424, 429, 500, 501, 502, 503, 504];

    public static void MapRest(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => Answers.Ok(new HealthView("ok"))).WithSummary("Tell that the process serves.").WithTags("health").Produces<HealthView>();
        routes.MapGet("/livez", () => Answers.Ok(new HealthView("ok"))).WithSummary("Tell that the process serves.").WithTags("health").Produces<HealthView>();
        routes.MapGet("/readyz", ReadyAsync)
            .WithSummary("Tell whether store, queue and CRMs are there; 503 where the process cannot work.")
            .WithTags("health")
            .Produces<ReadyView>()
            .Produces<ReadyView>(StatusCodes.Status503ServiceUnavailable);

        var api = routes.MapGroup("/api/v1").RequireAuthorization();
        api.WithMetadata([.. RefusedBy.Select(status => new ProducesResponseTypeMetadata(status, typeof(Problem), [Problem.MediaType]))]);
        api.MapConnections();
        api.MapRecords();
        api.MapChanges();
        api.MapAgents();
        api.MapPromotions();
        api.MapDeadLetters();
        api.MapOperations();
        api.MapAudit();
        api.MapKeys();
    }

    private static async Task<IResult> ReadyAsync(Readiness readiness, CancellationToken cancellationToken)
    {
        var report = await readiness.AskAsync(cancellationToken);
        return TypedResults.Json(
            ReadyView.Of(report),
            RestJson.Default.ReadyView,
            statusCode: report.State == ReadyState.Unready ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }
}

/// <summary>Turns results into answers.</summary>
internal static class Answers
{
    public static IResult Ok<T>(T view) => TypedResults.Ok(view);

    /// <summary>Shows the value, or tells the failure.</summary>
    public static IResult Of<T, TView>(Result<T> result, Func<T, TView> view) =>
        result.TryGet(out var value, out var failure) ? TypedResults.Ok(view(value)) : Problem.Of(failure);

    public static IResult Invalid(string sentence) => Problem.Of(new Failure(FailureKind.Invalid, sentence));
}
