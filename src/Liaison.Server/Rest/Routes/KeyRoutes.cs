using Liaison.Gateway;
using Liaison.Identity;
using Liaison.Identity.Keys;
using Liaison.Model;
using Liaison.Server.Rest.Authentication;
using Liaison.Server.Rest.Problems;
using Liaison.Server.Rest.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Liaison.Server.Rest.Routes;

/// <summary>API keys: all of them for administrators, their own for everybody.</summary>
internal static class KeyRoutes
{
    public static void MapKeys(this IEndpointRouteBuilder routes)
    {
        var keys = routes.MapGroup("/keys").WithTags("keys");
        keys.MapGet("", ListAsync).WithSummary("List keys: all of them for the role admin, else the caller's own.").Produces<KeyListView>();
        keys.MapPost("", CreateAsync).WithSummary("Make a key and show it, this once; takes the role admin and the purpose administration.").Produces<IssuedKeyView>(StatusCodes.Status201Created);
        keys.MapDelete("/{id}", RevokeAsync).WithSummary("Revoke a key for good; takes the role admin where it is not the caller's own.").Produces<KeyView>();
    }

    private static async Task<IResult> ListAsync(HttpContext context, AdministrationGateway administration, CancellationToken cancellationToken) =>
        Answers.Of(
            await administration.ListKeysAsync(Proof.CallerOf(context), cancellationToken),
            keys => new KeyListView([.. keys.Select(KeyView.Of)]));

    private static async Task<IResult> CreateAsync(
        HttpContext context, AdministrationGateway administration, KeyBody body, CancellationToken cancellationToken)
    {
        var request = new KeyRequest(
            body.Name,
            body.Subject,
            body.Actor,
            body.Purposes is null ? [Purpose.Assistance] : [.. body.Purposes.Select(name => new Purpose(name))],
            body.Connections?.Select(name => new ConnectionName(name)).ToList(),
            body.Days is { } days ? TimeSpan.FromDays(days) : null);
        var created = await administration.CreateKeyAsync(Proof.CallerOf(context), request, cancellationToken);
        return created.TryGet(out var issued, out var failure)
            ? TypedResults.Created($"/api/v1/keys/{issued.Key.Id}", new IssuedKeyView(issued.Reveal(), KeyView.Of(issued.Key)))
            : Problem.Of(failure);
    }

    private static async Task<IResult> RevokeAsync(
        HttpContext context, AdministrationGateway administration, string id, CancellationToken cancellationToken) =>
        Answers.Of(await administration.RevokeKeyAsync(Proof.CallerOf(context), id, cancellationToken), KeyView.Of);
}
