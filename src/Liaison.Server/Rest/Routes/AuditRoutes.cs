using Liaison.Audit;
using Liaison.Gateway;
using Liaison.Model;
using Liaison.Server.Rest.Authentication;
using Liaison.Server.Rest.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Liaison.Server.Rest.Routes;

/// <summary>The audit, for those who hold the role auditor.</summary>
internal static class AuditRoutes
{
    public static void MapAudit(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/audit", ReadAsync).WithSummary("Read audit entries in order; takes the role auditor.").WithTags("audit").Produces<AuditListView>();
        routes.MapGet("/audit/verification", VerifyAsync).WithSummary("Walk the chain, without its signatures, and tell the first entry that does not follow; takes the role auditor.").WithTags("audit").Produces<AuditVerificationView>();
    }

    private static async Task<IResult> ReadAsync(
        HttpContext context, AdministrationGateway administration, [AsParameters] AuditQuestion question, CancellationToken cancellationToken) =>
        EntryPage.Refuse(question.Limit)
            ?? Answers.Of(await administration.ReadAuditAsync(Proof.CallerOf(context), QueryOf(question), cancellationToken), AuditListView.Of);

    private static AuditQuery QueryOf(AuditQuestion question) =>
        new(question.Record, question.Run, question.Trace, question.After ?? 0, EntryPage.Of(question.Limit))
        {
            Subject = question.Subject,
            Actor = question.Actor,
            Action = question.Action,
            Connection = question.Connection is { } connection ? new ConnectionName(connection) : null,
            Since = question.Since,
            Until = question.Until,
            DenialsOnly = question.Denied ?? false,
            Before = question.Before ?? long.MaxValue,
            NewestFirst = question.Newest ?? false,
        };

    private static async Task<IResult> VerifyAsync(HttpContext context, AdministrationGateway administration, CancellationToken cancellationToken) =>
        Answers.Of(await administration.VerifyAuditAsync(Proof.CallerOf(context), cancellationToken: cancellationToken), AuditVerificationView.Of);
}
