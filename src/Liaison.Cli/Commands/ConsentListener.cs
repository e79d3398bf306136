using System.Globalization;
using System.Net;
using System.Text;
using Liaison.Failures;

namespace Liaison.Cli.Commands;

/// <summary>What a browser brought back from a consent.</summary>
internal sealed record BroughtBack(string? State, string? Code);

/// <summary>Waits on this machine for the browser that comes back from a consent.</summary>
internal sealed class ConsentListener : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly HttpListener listener;

    private ConsentListener(HttpListener listener, Uri address) => (this.listener, Address) = (listener, address);

    /// <summary>Gets where the browser is to come back to.</summary>
    public Uri Address { get; }

    /// <summary>Starts to listen on loopback.</summary>
    public static Result<ConsentListener> Start(int port)
    {
        var root = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/");
        var listener = new HttpListener();
        listener.Prefixes.Add(root);
        try
        {
            listener.Start();
        }
        catch (HttpListenerException)
        {
            return new Failure(FailureKind.Unavailable, $"Port {port} of this machine is taken; give another by --redirect-port and list it in the app's settings.");
        }

        return new ConsentListener(listener, new Uri(root + "callback"));
    }

    /// <summary>Waits up to ten minutes for the browser.</summary>
    public async Task<Result<BroughtBack>> WaitAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync().WaitAsync(either.Token);
                var arrived = context.Request.Url?.AbsolutePath == Address.AbsolutePath;
                context.Response.StatusCode = arrived ? 200 : 404;
                context.Response.ContentType = "text/plain; charset=utf-8";
                await context.Response.OutputStream.WriteAsync(
                    Encoding.UTF8.GetBytes(arrived ? "Liaison has what it needs; this page may be closed." : "There is nothing here."), either.Token);
                context.Response.Close();
                if (arrived)
                {
                    return new BroughtBack(context.Request.QueryString["state"], context.Request.QueryString["code"]);
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Failure(FailureKind.Unavailable, "Nobody consented within ten minutes; begin again.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => listener.Close();
}
