using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Liaison.Emulators.Hosting;

/// <summary>A bare HTTP server on 127.0.0.1: no routing, no logging, one delegate.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private LoopbackServer(WebApplication application, Uri baseAddress)
    {
        _application = application;
        BaseAddress = baseAddress;
    }

    /// <summary>Gets the address that the server answers at, with the port it was given.</summary>
    public Uri BaseAddress { get; }

    /// <summary>Starts to listen; port 0 takes any free one.</summary>
    /// <exception cref="EmulatorPortInUseException">Another program has the port.</exception>
    public static async Task<LoopbackServer> StartAsync(int port, RequestDelegate handler, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = 32 * 1024 * 1024;

            // Each CRM has a bound of its own on addresses, below this one.
            server.Limits.MaxRequestLineSize = 32 * 1024;
            server.Listen(IPAddress.Loopback, port);
        });
        var application = builder.Build();
        application.Run(handler);
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException or SocketException)
        {
            await application.DisposeAsync();
            throw new EmulatorPortInUseException(port, taken);
        }

        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return new LoopbackServer(application, new Uri(addresses.First()));
    }

    /// <summary>Stops to listen and cuts what is still open.</summary>
    public async ValueTask DisposeAsync()
    {
        // Keep-alive connections of clients would hold the stop for its whole grace period.
        using var atOnce = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        await _application.StopAsync(atOnce.Token);
        await _application.DisposeAsync();
    }
}
