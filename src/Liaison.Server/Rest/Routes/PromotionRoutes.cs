using Liaison.Gateway;
using Liaison.Model;
using Liaison.Server.Rest.Authentication;
using Liaison.Server.Rest.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Liaison.Server.Rest.Routes;

/// <summary>Which writes go to production, and on what ground.</summary>
internal static class PromotionRoutes
{
    public static void MapPromotions(this IEndpointRouteBuilder routes)
    {
        var promotions = routes.MapGroup("/connections/{connection}/promotions").WithTags("promotions");
        promotions.MapGet("", ListAsync)
            .WithSummary("Tell how each write stands that grants open on a connection to production.").Produces<WriteStandingListView>();
        promotions.MapPost("", MakeAsync)
            .WithSummary("Promote each write that is opened and that a sandbox of the same CRM was seen to take; run narrows that to one run, which has to have passed.")
            .Produces<WriteStandingListView>();
        promotions.MapPost("/override", OverrideAsync)
            .WithSummary("Promote writes that no sandbox was seen to take, for a reason that the audit keeps.").Produces<WriteStandingListView>();
        promotions.MapPost("/withdraw", WithdrawAsync)
            .WithSummary("Take promotions back: within a second the writes are shown and not sent.").Produces<WriteStandingListView>();
    }

    private static async Task<IResult> ListAsync(HttpContext context, PromotionGateway gateway, string connection, CancellationToken cancellationToken) => Answers.Of(
        await gateway.ListAsync(Proof.CallerOf(context), new ConnectionName(connection), cancellationToken), WriteStandingListView.Of);

    private static async Task<IResult> MakeAsync(
        HttpContext context, PromotionGateway gateway, string connection, PromotionBody body, CancellationToken cancellationToken) =>
        string.IsNullOrWhiteSpace(body.From)
            ? Answers.Invalid("A promotion takes from, the connection to a sandbox that was seen to take the writes.")
            : Answers.Of(
                await gateway.MakeAsync(
                    Proof.CallerOf(context), new ConnectionName(connection), new ConnectionName(body.From), body.Run, cancellationToken),
                WriteStandingListView.Of);

    private static async Task<IResult> OverrideAsync(
        HttpContext context, PromotionGateway gateway, string connection, WritesBody body, CancellationToken cancellationToken) =>
        body.Lacks() is { } lacking
            ? Answers.Invalid(lacking)
            : Answers.Of(
                await gateway.OverrideAsync(Proof.CallerOf(context), new ConnectionName(connection), body.Writes!, body.Reason!, cancellationToken),
                WriteStandingListView.Of);

    private static async Task<IResult> WithdrawAsync(
        HttpContext context, PromotionGateway gateway, string connection, WritesBody body, CancellationToken cancellationToken) =>
        body.Lacks() is { } lacking
            ? Answers.Invalid(lacking)
            : Answers.Of(
                await gateway.WithdrawAsync(Proof.CallerOf(context), new ConnectionName(connection), body.Writes!, body.Reason!, cancellationToken),
                WriteStandingListView.Of);
}
