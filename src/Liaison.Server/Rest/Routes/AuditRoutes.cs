using Liaison.Audit;
using Liaison.Gateway;
using Liaison.Server.Rest.Authentication;
using Liaison.Server.Rest.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Liaison.Server.Rest.Routes;

/// <summary>The audit, for those who hold the role auditor.</summary>
internal static class AuditRoutes
{
    private const int DefaultLimit = 100;
    private const int MostEntries = 1_000;

    public static void MapAudit(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/audit", ReadAsync).WithSummary("Read audit entries in order; takes the role auditor.").WithTags("audit").Produces<AuditListView>();
        routes.MapGet("/audit/verification", VerifyAsync).WithSummary("Walk the chain and tell the first entry that does not follow; takes the role auditor.").WithTags("audit").Produces<AuditVerificationView>();
    }

    private static async Task<IResult> ReadAsync(
        HttpContext context, AdministrationGateway administration, string? record, string? run, string? trace, long? after, int? limit,
        CancellationToken cancellationToken) =>
        limit is < 1 or > MostEntries
            ? Answers.Invalid($"The limit lies between 1 and {MostEntries}.")
            : Answers.Of(
                await administration.ReadAuditAsync(
                    Proof.CallerOf(context), new AuditQuery(record, run, trace, after ?? 0, limit ?? DefaultLimit), cancellationToken),
                AuditListView.Of);

    private static async Task<IResult> VerifyAsync(HttpContext context, AdministrationGateway administration, CancellationToken cancellationToken) =>
        Answers.Of(await administration.VerifyAuditAsync(Proof.CallerOf(context), cancellationToken), AuditVerificationView.Of);
}
