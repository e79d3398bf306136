using Liaison.Alerts;
using Liaison.Connectors;
using Liaison.Gateway;
using Liaison.Gateway.Documents;
using Liaison.Model;
using Liaison.Server.Rest.Authentication;
using Liaison.Server.Rest.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Liaison.Server.Rest.Routes;

/// <summary>What an operator looks at when something goes wrong.</summary>
internal static class OperationRoutes
{
    public static void MapOperations(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/calls", CallsAsync).WithSummary("List calls to the CRMs, newest first; takes the role operator, auditor or admin.").WithTags("operations").Produces<CallListView>();
        routes.MapGet("/connection-states", StatesAsync).WithSummary("Tell how the connections stand, without a call to any; takes the role operator, auditor or admin.").WithTags("operations").Produces<ConnectionStateListView>();
        routes.MapGet("/alerts", AlertsAsync).WithSummary("List alerts, newest first; takes the role operator, auditor or admin.").WithTags("operations").Produces<AlertListView>();
    }

    private static async Task<IResult> CallsAsync(
        HttpContext context, OperationsGateway operations, [AsParameters] CallQuestion question, CancellationToken cancellationToken) =>
        EntryPage.Refuse(question.Limit) ?? Answers.Of(
            await operations.ListCallsAsync(Proof.CallerOf(context), QueryOf(question), cancellationToken),
            rows => new CallListView([.. rows.Select(CallDocument.Of)], rows.Count == 0 ? null : rows[^1].Number));

    private static CallQuery QueryOf(CallQuestion question) => new(EntryPage.Of(question.Limit))
    {
        RecordId = question.Record,
        RunId = question.Run,
        Actor = question.Actor,
        Connection = question.Connection is { } connection ? new ConnectionName(connection) : null,
        Correlation = question.Correlation,
        Status = question.Status,
        FailuresOnly = question.Failed ?? false,
        Since = question.Since,
        Until = question.Until,
        Before = question.Before,
    };

    private static async Task<IResult> StatesAsync(
        HttpContext context, OperationsGateway operations, TimeProvider time, CancellationToken cancellationToken) => Answers.Of(
        await operations.ListConnectionsAsync(Proof.CallerOf(context), cancellationToken),
        states => new ConnectionStateListView([.. states.Select(state => ConnectionStateDocument.Of(state, time.GetUtcNow()))]));

    private static async Task<IResult> AlertsAsync(
        HttpContext context, OperationsGateway operations, [AsParameters] AlertQuestion question, CancellationToken cancellationToken) =>
        EntryPage.Refuse(question.Limit) ?? Answers.Of(
            await operations.ListAlertsAsync(
                Proof.CallerOf(context),
                new AlertQuery(EntryPage.Of(question.Limit))
                {
                    Kind = question.Kind,
                    Connection = question.Connection is { } connection ? new ConnectionName(connection) : null,
                    RunId = question.Run,
                    Since = question.Since,
                    Until = question.Until,
                },
                cancellationToken),
            rows => new AlertListView([.. rows.Select(AlertDocument.Of)]));
}
