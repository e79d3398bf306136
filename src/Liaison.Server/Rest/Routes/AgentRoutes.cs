using Liaison.Gateway;
using Liaison.Server.Rest.Authentication;
using Liaison.Server.Rest.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Liaison.Server.Rest.Routes;

/// <summary>The kill switch.</summary>
internal static class AgentRoutes
{
    public static void MapAgents(this IEndpointRouteBuilder routes)
    {
        var agents = routes.MapGroup("/agents").WithTags("agents");
        agents.MapGet("/stopped", ListAsync).WithSummary("List the stopped agents.").Produces<StoppedAgentListView>();
        agents.MapGet("/report", ReportAsync).WithSummary("Tell how each agent has fared in each tier: accepted, refused, undone. days is how far back, 30 by default.").Produces<SafetyReportView>();
        agents.MapPost("/{agent}/stop", StopAsync).WithSummary("Stop an agent in every process within a second; * is every agent.").Produces<DoneView>();
        agents.MapPost("/{agent}/release", ReleaseAsync).WithSummary("Let an agent go on.").Produces<DoneView>();
        routes.MapPost("/runs/{id}/approve-volume", ApproveVolumeAsync).WithTags("runs")
            .WithSummary("Let a run change more records than its agent's limits allow.").Produces<DoneView>();
    }

    private static async Task<IResult> ListAsync(HttpContext context, AgentGateway gateway, CancellationToken cancellationToken) =>
        Answers.Of(await gateway.ListStoppedAsync(Proof.CallerOf(context), cancellationToken), stopped => new StoppedAgentListView(stopped));

    private static async Task<IResult> ReportAsync(HttpContext context, AgentGateway gateway, int? days, CancellationToken cancellationToken) =>
        Answers.Of(await gateway.ReportAsync(Proof.CallerOf(context), days ?? 30, cancellationToken), tiers => new SafetyReportView(tiers));

    private static async Task<IResult> StopAsync(
        HttpContext context, AgentGateway gateway, string agent, ReasonBody body, CancellationToken cancellationToken) =>
        string.IsNullOrWhiteSpace(body.Reason)
            ? Answers.Invalid("Stopping an agent takes a reason.")
            : Answers.Of(await gateway.StopAsync(Proof.CallerOf(context), agent, body.Reason, cancellationToken), _ => new DoneView(true));

    private static async Task<IResult> ReleaseAsync(HttpContext context, AgentGateway gateway, string agent, CancellationToken cancellationToken) =>
        Answers.Of(await gateway.ReleaseAsync(Proof.CallerOf(context), agent, cancellationToken), _ => new DoneView(true));

    private static async Task<IResult> ApproveVolumeAsync(HttpContext context, AgentGateway gateway, string id, CancellationToken cancellationToken) =>
        Answers.Of(await gateway.ApproveVolumeAsync(Proof.CallerOf(context), id, cancellationToken), _ => new DoneView(true));
}
