using Liaison.Emulators.Salesforce.Http;
using Liaison.Emulators.Salesforce.Model;
using Liaison.Emulators.Salesforce.SignIn;
using Microsoft.AspNetCore.Http;

namespace Liaison.Emulators.Salesforce.Serving;

/// <summary>The addresses outside the data API: OAuth, identity, discovery. None is counted, none carries the limit header.</summary>
internal sealed class SignInDoor(Org org, OAuth oauth, Identity identity)
{
    public async Task<Reply> AnswerAsync(HttpContext context, string path)
    {
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : null;
        var request = new SignInRequest(context.Request, form);
        lock (org.Gate)
        {
            return (context.Request.Method, path.Split('/', StringSplitOptions.RemoveEmptyEntries)) switch
            {
                ("POST", ["services", "oauth2", "token"]) => oauth.Token(request),
                ("POST" or "GET", ["services", "oauth2", "revoke"]) => oauth.Revoke(request),
                ("POST", ["services", "oauth2", "introspect"]) => oauth.Introspect(request),
                ("GET" or "POST", ["services", "oauth2", "userinfo"]) => identity.UserInfo(request),
                ("GET" or "POST", ["services", "oauth2", "authorize"]) => identity.Authorize(request),
                ("GET", [".well-known", "openid-configuration"]) => Identity.Discovery(request),
                ("GET", ["id", var orgId, var userId]) => identity.Of(request, orgId, userId),
                _ => Reply.NotFound(),
            };
        }
    }
}
