using Liaison.Failures;
using Liaison.Gateway;
using Liaison.Gateway.Documents;
using Liaison.Server.Rest.Authentication;
using Liaison.Server.Rest.Problems;
using Liaison.Server.Rest.Views;
using Liaison.Writeback;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Liaison.Server.Rest.Routes;

/// <summary>Changes: proposed, looked at, decided on, applied and undone, one by one and in sets.</summary>
internal static class ChangeRoutes
{
    private const int LargestList = 200;

    public static void MapChanges(this IEndpointRouteBuilder routes)
    {
        var changes = routes.MapGroup("/changes").WithTags("changes");
        changes.MapPost("", ProposeAsync)
            .WithSummary("Propose a change: it is checked, and waits for a person where it matters. The header Idempotency-Key makes a repeat harmless.")
            .Accepts<ChangeDocument>("application/json")
            .Produces<ProposalView>().Produces<ProposalView>(StatusCodes.Status201Created);
        changes.MapGet("", ListAsync).WithSummary("List changes, newest first: all of them to those who oversee, else the caller's own.").Produces<ChangeListView>();
        changes.MapGet("/{id}", ShowAsync).WithSummary("Show one change with every move it made.").Produces<ChangeView>();
        changes.MapPost("/{id}/approve", ApproveAsync).WithSummary("Say yes to a change, as it is and as its record stands now.").Produces<ChangeView>();
        changes.MapPost("/{id}/reject", RejectAsync).WithSummary("Say no to a change.").Produces<ChangeView>();
        changes.MapPost("/{id}/apply", ApplyAsync).WithSummary("Apply an approved change; one that stands applied is answered from its receipt.").Produces<ChangeView>();
        changes.MapPost("/{id}/undo", UndoAsync).WithSummary("Put back what a change wrote, where nobody has changed it since.").Produces<UndoView>();
        changes.MapPost("/sets/draw", DrawAsync).WithSummary("Show a random sample of a set of waiting changes.").Produces<ApprovalSetView>();
        changes.MapPost("/sets/approve", ApproveSetAsync).WithSummary("Say yes to every change of a set that was shown.").Produces<ChangeResultsView>();
        changes.MapPost("/sets/apply", ApplySetAsync).WithSummary("Apply every approved change of a set.").Produces<ChangeResultsView>();
        routes.MapPost("/runs/{id}/undo", UndoRunAsync).WithTags("runs").WithSummary("Put back what a run changed, where nobody has changed it since.").Produces<UndoView>();
    }

    private static async Task<IResult> ProposeAsync(HttpContext context, ChangeGateway gateway, CancellationToken cancellationToken)
    {
        // Read as text, so that what is wrong with a document is told in the same sentences at every door.
        using var reader = new StreamReader(context.Request.Body);
        var document = ChangeDocument.Read(await reader.ReadToEndAsync(cancellationToken));
        if (!document.Then(read => read.ToRequest()).Then(request => Keyed(request, context)).TryGet(out var request, out var failure)
            || !(await gateway.ProposeAsync(Proof.CallerOf(context), request, cancellationToken)).TryGet(out var proposal, out failure))
        {
            return Problem.Of(failure);
        }

        return proposal is { Stored: { } stored, Repeated: false }
            ? TypedResults.Created($"/api/v1/changes/{stored.Id}", ProposalView.Of(proposal))
            : Answers.Ok(ProposalView.Of(proposal));
    }

    private static Result<ChangeRequest> Keyed(ChangeRequest request, HttpContext context) =>
        context.Request.Headers["Idempotency-Key"].ToString() switch
        {
            "" => request,
            var key when request.Key is null || request.Key == key => request with { Key = key },
            _ => new Failure(FailureKind.Invalid, "The header Idempotency-Key and the member key differ; give one of them.") { Field = "key" },
        };

    private static async Task<IResult> ListAsync(
        HttpContext context,
        ChangeGateway gateway,
        ChangeState? state,
        string? run,
        string? record,
        string? agent,
        int? limit,
        string? after,
        CancellationToken cancellationToken) => limit is < 1 or > LargestList
        ? Answers.Invalid($"A list has 1 to {LargestList} changes.")
        : Answers.Of(
            await gateway.ListAsync(
                Proof.CallerOf(context),
                new ChangeQuery(state, run, RecordId: record, Limit: limit ?? 50) { Actor = agent, After = after },
                cancellationToken),
            rows => new ChangeListView([.. rows.Select(ChangeView.Of)]));

    private static async Task<IResult> ShowAsync(HttpContext context, ChangeGateway gateway, string id, CancellationToken cancellationToken) =>
        Answers.Of(await gateway.ShowAsync(Proof.CallerOf(context), id, cancellationToken), ChangeView.Of);

    private static async Task<IResult> ApproveAsync(
        HttpContext context, ChangeGateway gateway, string id, DecisionBody body, CancellationToken cancellationToken) =>
        Answers.Of(await gateway.ApproveAsync(Proof.CallerOf(context), new Decision(id, body.ContentHash, body.Comment), cancellationToken), ChangeView.Of);

    private static async Task<IResult> RejectAsync(
        HttpContext context, ChangeGateway gateway, string id, DecisionBody body, CancellationToken cancellationToken) =>
        Answers.Of(await gateway.RejectAsync(Proof.CallerOf(context), new Decision(id, body.ContentHash, body.Comment), cancellationToken), ChangeView.Of);

    private static async Task<IResult> ApplyAsync(HttpContext context, ChangeGateway gateway, string id, CancellationToken cancellationToken) =>
        Answers.Of(await gateway.ApplyAsync(Proof.CallerOf(context), id, cancellationToken), ChangeView.Of);

    private static async Task<IResult> UndoAsync(
        HttpContext context, ChangeGateway gateway, string id, ReasonBody body, CancellationToken cancellationToken) =>
        Answers.Of(await gateway.UndoAsync(Proof.CallerOf(context), id, body.Reason, cancellationToken), outcome => UndoView.Of([outcome]));

    private static async Task<IResult> DrawAsync(HttpContext context, ChangeGateway gateway, ChangeSetBody body, CancellationToken cancellationToken) =>
        Unnamed(body) ?? Answers.Of(
            await gateway.DrawSetAsync(Proof.CallerOf(context), body.Query, cancellationToken),
            set => new ApprovalSetView(set.Token, set.Count, [.. set.Sample.Select(ChangeView.Of)]));

    private static async Task<IResult> ApproveSetAsync(HttpContext context, ChangeGateway gateway, ChangeSetBody body, CancellationToken cancellationToken) =>
        Unnamed(body) ?? (body.Token is { } token
            ? Answers.Of(await gateway.ApproveSetAsync(Proof.CallerOf(context), body.Query, token, body.Comment, cancellationToken), ChangeResultsView.Of)
            : Answers.Invalid("Approving a set takes the token of the sample that was shown; /changes/sets/draw gives one."));

    private static async Task<IResult> ApplySetAsync(HttpContext context, ChangeGateway gateway, ChangeSetBody body, CancellationToken cancellationToken) =>
        Unnamed(body) ?? Answers.Of(await gateway.ApplySetAsync(Proof.CallerOf(context), body.Query, cancellationToken), ChangeResultsView.Of);

    private static async Task<IResult> UndoRunAsync(
        HttpContext context, ChangeGateway gateway, string id, ReasonBody body, CancellationToken cancellationToken) =>
        Answers.Of(await gateway.UndoRunAsync(Proof.CallerOf(context), id, body.Reason, cancellationToken: cancellationToken), UndoView.Of);

    private static IResult? Unnamed(ChangeSetBody body) =>
        body is { Run: null, Agent: null } ? Answers.Invalid("Name the set by run, by agent, or by both.") : null;
}
