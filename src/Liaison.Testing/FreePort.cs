using System.Net;
using System.Net.Sockets;

namespace Liaison.Testing;

/// <summary>Finds ports of the loopback at which nobody listens; another program may take one before it is used.</summary>
public static class FreePort
{
    /// <summary>Finds one.</summary>
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
