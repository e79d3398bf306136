using System.Globalization;
using Liaison.Failures;
using Liaison.Gateway;
using Liaison.Gateway.Documents;
using Liaison.Model;
using Liaison.Pipelines;
using Liaison.Server.Rest.Authentication;
using Liaison.Server.Rest.Views;
using Liaison.Work;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Liaison.Server.Rest.Routes;

/// <summary>Items that failed for good: looked at, replayed, discarded.</summary>
internal static class DeadLetterRoutes
{
    private const int LargestList = 200;

    public static void MapDeadLetters(this IEndpointRouteBuilder routes)
    {
        var letters = routes.MapGroup("/dead-letters").WithTags("dead letters");
        letters.MapGet("", ListAsync).WithSummary("List dead letters, oldest first; those that wait, where no state is named.").Produces<DeadLetterListView>();
        letters.MapGet("/{run}/{place}", ShowAsync).WithSummary("Show one dead letter with every attempt that failed.").Produces<DeadLetterDocument>();
        letters.MapPost("/replay", ReplayAsync).WithSummary("Do the work of dead letters once more, each after it is found to be still wanted.").Produces<ReplayedListView>();
        letters.MapPost("/plan", PlanAsync).WithSummary("Put the replay of dead letters off to a time, or take off what was planned where no time is named.").Produces<PlannedDocument>();
        letters.MapPost("/discard", DiscardAsync).WithSummary("Close dead letters without doing their work; takes a reason.").Produces<DiscardedDocument>();
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        DeadLetterGateway gateway,
        DeadLetterState? state,
        string? run,
        string? connection,
        string? record,
        FailureKind? kind,
        int? limit,
        CancellationToken cancellationToken) => limit is < 1 or > LargestList
        ? Answers.Invalid($"A list has 1 to {LargestList} dead letters.")
        : Answers.Of(
            await gateway.ListAsync(
                Proof.CallerOf(context),
                new DeadLetterQuery(state ?? DeadLetterState.Waiting, run, limit ?? 50)
                {
                    Connection = connection is null ? null : new ConnectionName(connection),
                    RecordId = record,
                    FailureKind = kind,
                },
                cancellationToken),
            found => new DeadLetterListView([.. found.Select(DeadLetterDocument.Of)]));

    private static async Task<IResult> ShowAsync(
        HttpContext context, DeadLetterGateway gateway, string run, long place, CancellationToken cancellationToken) =>
        Answers.Of(
            await gateway.ShowAsync(Proof.CallerOf(context), string.Create(CultureInfo.InvariantCulture, $"{run}/{place}"), cancellationToken), DeadLetterDocument.Of);

    private static async Task<IResult> ReplayAsync(
        HttpContext context, ReplayDeadLetters replay, DeadLetterBody body, CancellationToken cancellationToken) =>
        Unnamed(body) ?? Answers.Of(
            body.Letter is { } letter
                ? await replay.ReplayAsync(Proof.CallerOf(context), letter, cancellationToken)
                : await replay.ReplayAsync(Proof.CallerOf(context), body.Query, cancellationToken),
            replayed => new ReplayedListView([.. replayed.Select(ReplayedLetterDocument.Of)]));

    private static async Task<IResult> PlanAsync(HttpContext context, PlanReplays plan, DeadLetterBody body, CancellationToken cancellationToken) =>
        Unnamed(body) ?? Answers.Of(
            await plan.PlanAsync(Proof.CallerOf(context), body.Letter, body.Query, body.At, cancellationToken), count => new PlannedDocument(count, body.At));

    private static async Task<IResult> DiscardAsync(
        HttpContext context, DeadLetterGateway gateway, DeadLetterBody body, CancellationToken cancellationToken) =>
        Unnamed(body) ?? (string.IsNullOrWhiteSpace(body.Reason)
            ? Answers.Invalid("Discarding takes a reason; give one in a sentence.")
            : Answers.Of(
                await gateway.DiscardAsync(Proof.CallerOf(context), body.Letter, body.Query, body.Reason, cancellationToken), count => new DiscardedDocument(count)));

    // What acts on everything must be asked for, never be what is left when a filter was forgotten.
    private static IResult? Unnamed(DeadLetterBody body) => (body.Letter is null ? 0 : 1) + (body.IsFiltered ? 1 : 0) + (body.All ? 1 : 0) == 1
        ? null
        : Answers.Invalid("Name one letter, or some by run, connection, record or kind, or say all.");
}
