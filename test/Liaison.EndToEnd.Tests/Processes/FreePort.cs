using System.Net;
using System.Net.Sockets;

namespace Liaison.EndToEnd.Tests.Processes;

/// <summary>Finds ports at which nobody listens.</summary>
internal static class FreePort
{
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
