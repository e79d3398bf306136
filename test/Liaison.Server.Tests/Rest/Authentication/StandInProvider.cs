using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Liaison.Server.Tests.Rest.Authentication;

/// <summary>A small real identity provider on loopback: discovery, a key set that can be rotated, and signed tokens.</summary>
internal sealed class StandInProvider : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly TimeProvider time;
    private int lastKey;

    private StandInProvider(WebApplication application, TimeProvider time)
    {
        this.application = application;
        this.time = time;
        Key = NewKey();
    }

    /// <summary>Gets the key that signs now.</summary>
    public RsaSecurityKey Key { get; private set; }

    /// <summary>Gets how often the key set was asked for.</summary>
    public int Fetches { get; private set; }

    /// <summary>Gets or sets whether it answers at all.</summary>
    public bool Away { get; set; }

    /// <summary>Gets or sets the issuer that the discovery document names.</summary>
    public string? ClaimedIssuer { get; set; }

    public string Issuer { get; private set; } = "";

    public static async Task<StandInProvider> StartAsync(TimeProvider time)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var application = builder.Build();
        var provider = new StandInProvider(application, time);
        application.Run(provider.AnswerAsync);
        await application.StartAsync(TestContext.Current.CancellationToken);
        provider.Issuer = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return provider;
    }

    public void Rotate() => Key = NewKey();

    /// <summary>Makes a valid token, or one that is wrong where it is told to be.</summary>
    public string Token(
        string subject = "user@acme.test",
        string? issuer = null,
        string audience = "liaison",
        int validFor = 300,
        int validFrom = 0,
        string type = "at+jwt",
        SigningCredentials? signing = null,
        Dictionary<string, object>? more = null)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var claims = new Dictionary<string, object> { ["email"] = subject, ["azp"] = "console", ["sub"] = "00u1" };
        foreach (var (name, value) in more ?? [])
        {
            claims[name] = value;
        }

        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? Issuer,
            Audience = audience,
            TokenType = type,
            IssuedAt = now,
            NotBefore = now.AddSeconds(validFrom),
            Expires = now.AddSeconds(validFor),
            Claims = claims,
            SigningCredentials = signing ?? new SigningCredentials(Key, SecurityAlgorithms.RsaSha256),
        });
    }

    public ValueTask DisposeAsync() => application.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        if (Away)
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        }

        if (context.Request.Path == "/.well-known/openid-configuration")
        {
            return context.Response.WriteAsync($$"""{"issuer":"{{ClaimedIssuer ?? Issuer}}","jwks_uri":"{{Issuer}}/keys"}""");
        }

        Fetches++;
        var parameters = Key.Rsa.ExportParameters(includePrivateParameters: false);
        return context.Response.WriteAsync(
            $$"""{"keys":[{"kty":"RSA","use":"sig","alg":"RS256","kid":"{{Key.KeyId}}","n":"{{Base64UrlEncoder.Encode(parameters.Modulus)}}","e":"{{Base64UrlEncoder.Encode(parameters.Exponent)}}"}]}""");
    }

    private RsaSecurityKey NewKey() => new(RSA.Create(2048)) { KeyId = $"k{++lastKey}" };
}
