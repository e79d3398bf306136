using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Liaison.Gateway;
using Liaison.Identity;
using Liaison.Operations;
using Liaison.Pipelines;
using Liaison.Server.Rest.Authentication;
using Liaison.Server.Rest.Hosting;
using Liaison.Server.Rest.Problems;
using Liaison.Server.Rest.Routes;
using Liaison.Server.Rest.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Liaison.Server.Rest;

/// <summary>The REST door of an installation.</summary>
/// <remarks>It stands on the engine that it is given and disposes nothing of it.</remarks>
public sealed class RestServer : IAsyncDisposable
{
    private const long LargestBody = 1024 * 1024;

    private static readonly TimeSpan PatienceAtStop = TimeSpan.FromSeconds(30);
    private static readonly string[] LoopbackHosts = ["localhost", "127.0.0.1", "[::1]"];

    private readonly WebApplication application;

    private RestServer(WebApplication application) => this.application = application;

    /// <summary>Gets the addresses that the server answers at, with the ports it was given.</summary>
    public IReadOnlyList<Uri> Addresses =>
        [.. application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Select(address => new Uri(address))];

    /// <summary>Gets the endpoints, for a test to hold each of them against a table.</summary>
    internal IReadOnlyList<Endpoint> Endpoints =>
        [.. ((IEndpointRouteBuilder)application).DataSources.SelectMany(source => source.Endpoints)];

    /// <summary>Starts to serve.</summary>
    /// <param name="engine">The engine, as <c>AddLiaison</c> puts it together.</param>
    /// <param name="logs">Where logs go; those of the framework name addresses, so only its warnings reach them.</param>
    /// <exception cref="IOException">An address is in use, or the certificate cannot be read.</exception>
    public static async Task<RestServer> StartAsync(
        IServiceProvider engine,
        ServerOptions server,
        AccessOptions access,
        Action<ILoggingBuilder> logs,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(access);
        ArgumentNullException.ThrowIfNull(logs);

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        Listen(builder, server);
        logs(builder.Logging);
        builder.Logging
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("System", LogLevel.Warning)

            // These two log exceptions with their texts, which may hold anything; the start throws them, and requests have the access log.
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None)
            .AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.None);
        AddServices(builder.Services, engine, server, access);

        var application = builder.Build();
        Use(application, server);
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            await application.DisposeAsync();
            throw new IOException($"One of {string.Join(", ", server.Urls)} is in use by another program; choose another with --urls.", taken);
        }

        return new RestServer(application);
    }

    /// <summary>Takes no new requests and lets those that are under way end, for half a minute at the most.</summary>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(PatienceAtStop);
        await application.StopAsync(patience.Token);
        await application.DisposeAsync();
    }

    private static void Listen(WebApplicationBuilder builder, ServerOptions server)
    {
        var certificate = server.Certificate is { } file ? ReadCertificate(file, server.CertificateKey) : null;
        builder.WebHost.UseKestrelCore();
        if (certificate is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        builder.WebHost.UseUrls([.. server.Urls]);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = certificate);
        });
    }

    private static X509Certificate2 ReadCertificate(string file, string? keyFile)
    {
        try
        {
            return X509Certificate2.CreateFromPemFile(file, keyFile);
        }
        catch (Exception problem) when (problem is CryptographicException or UnauthorizedAccessException or IOException)
        {
            throw new IOException($"The certificate {file} cannot be read with its key; server.certificate and server.certificateKey name PEM files.", problem);
        }
    }

    private static void AddServices(IServiceCollection services, IServiceProvider engine, ServerOptions server, AccessOptions access)
    {
        // As instances, so that this container disposes none of them.
        services.AddSingleton(engine.GetRequiredService<LiaisonGateway>());
        services.AddSingleton(engine.GetRequiredService<ChangeGateway>());
        services.AddSingleton(engine.GetRequiredService<AgentGateway>());
        services.AddSingleton(engine.GetRequiredService<PromotionGateway>());
        services.AddSingleton(engine.GetRequiredService<DeadLetterGateway>());
        services.AddSingleton(engine.GetRequiredService<ReplayDeadLetters>());
        services.AddSingleton(engine.GetRequiredService<PlanReplays>());
        services.AddSingleton(engine.GetRequiredService<AdministrationGateway>());
        services.AddSingleton(engine.GetRequiredService<OperationsGateway>());
        services.AddSingleton(engine.GetRequiredService<Readiness>());
        services.AddSingleton(engine.GetRequiredService<Admission>());
        services.AddSingleton(engine.GetRequiredService<Principals>());
        services.AddSingleton(engine.GetRequiredService<TimeProvider>());

        services.AddRouting();
        services.AddProofs(access);
        services.AddCallerLimits(server);
        services.AddApiDocument(access);
        services.Configure<HostOptions>(host => host.ShutdownTimeout = PatienceAtStop);
        services.Configure<HostFilteringOptions>(filter =>
        {
            // A page that a browser has open could otherwise reach a server on loopback under a name of its own.
            filter.AllowedHosts = [.. LoopbackHosts, .. server.Hosts];
            filter.AllowEmptyHosts = false;
            filter.IncludeFailureMessage = false;
        });
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, RestJson.Default));
        services.Configure<Microsoft.AspNetCore.Http.Json.JsonOptions>(json =>
        {
            var options = RestJson.Default.Options;
            json.SerializerOptions.PropertyNamingPolicy = options.PropertyNamingPolicy;
            json.SerializerOptions.DefaultIgnoreCondition = options.DefaultIgnoreCondition;
            json.SerializerOptions.UnmappedMemberHandling = options.UnmappedMemberHandling;
            json.SerializerOptions.NumberHandling = options.NumberHandling;
            json.SerializerOptions.RespectNullableAnnotations = options.RespectNullableAnnotations;
            json.SerializerOptions.RespectRequiredConstructorParameters = options.RespectRequiredConstructorParameters;
            json.SerializerOptions.PropertyNameCaseInsensitive = false;
        });
    }

    /// <summary>The path of a request, in the order in which it walks it.</summary>
    private static void Use(WebApplication application, ServerOptions server)
    {
        if (server.BehindProxy)
        {
            application.UseForwardedHeaders(Forwarding(server));
        }

        var failures = application.Services.GetRequiredService<ILogger<AccessLog>>();
        application.UseSecurityHeaders();
        application.UseMiddleware<AccessLog>();
        application.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = context => AccessLog.AnswerAsync(context, failures),
            SuppressDiagnosticsCallback = _ => true,
        });
        application.UseStatusCodePages(bare => Problem.OfStatus(bare.HttpContext.Response.StatusCode).ExecuteAsync(bare.HttpContext));
        application.UseHostFiltering();
        application.UseRouting();
        application.Use((context, next) => Correlation.IsUsable(context.Request) ? next(context) : Correlation.Refusal.ExecuteAsync(context));
        application.UseAuthentication();
        application.UseRateLimiter();
        application.UseAuthorization();
        application.MapOpenApi();
        application.MapRest();
    }

    private static ForwardedHeadersOptions Forwarding(ServerOptions server)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        foreach (var proxy in server.Proxies)
        {
            options.KnownProxies.Add(IPAddress.Parse(proxy));
        }

        return options;
    }
}
