using System.Net;

namespace Liaison.Server.Rest.Hosting;

/// <summary>Where and how <c>liaison serve</c> listens: bound from the <c>server</c> section of <c>liaison.yaml</c>.</summary>
public sealed class ServerOptions
{
    /// <summary>Gets or sets the addresses to listen at; <c>--urls</c> comes before them.</summary>
    /// <value>The default is <c>http://127.0.0.1:7400</c>. Beyond loopback it takes https, or <see cref="BehindProxy"/>.</value>
    public IReadOnlyList<string> Urls { get; set; } = ["http://127.0.0.1:7400"];

    /// <summary>Gets or sets the names under which clients reach the server; a request for any other host is refused.</summary>
    /// <value>The default is none beside <c>localhost</c> and the loopback addresses.</value>
    public IReadOnlyList<string> Hosts { get; set; } = [];

    /// <summary>Gets or sets whether a proxy in front ends https; it alone must reach the address.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool BehindProxy { get; set; }

    /// <summary>Gets or sets the proxies, by IP address, whose word on a client's address is believed; ignored without <see cref="BehindProxy"/>.</summary>
    /// <value>The default is none beside loopback.</value>
    public IReadOnlyList<string> Proxies { get; set; } = [];

    /// <summary>Gets or sets the PEM file of the certificate for https.</summary>
    /// <value>The default is <see langword="null"/>: https cannot be served.</value>
    public string? Certificate { get; set; }

    /// <summary>Gets or sets the PEM file of the certificate's key.</summary>
    /// <value>The default is <see langword="null"/>: it stands in the certificate's file.</value>
    public string? CertificateKey { get; set; }

    /// <summary>Gets or sets how many requests a second one key, or one user's agent, may make; ten seconds' worth may come at once.</summary>
    /// <value>The default is 100. Range 1 to 100,000.</value>
    public int RequestsPerSecond { get; set; } = 100;

    /// <summary>Gets or sets how many requests of one key, or one user's agent, may be under way at once.</summary>
    /// <value>The default is 32. Range 1 to 10,000.</value>
    public int ConcurrentRequests { get; set; } = 32;
}

/// <summary>Finds every fault of the server section, not the first.</summary>
public static class ServerOptionsValidator
{
    /// <summary>Checks the section.</summary>
    /// <returns>One sentence a fault, each beginning with the path of its key; none when everything is right.</returns>
    public static IReadOnlyList<string> Validate(ServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return [.. AddressFaults(options), .. OtherFaults(options)];
    }

    private static IEnumerable<string> AddressFaults(ServerOptions options)
    {
        if (options.Urls.Count == 0)
        {
            yield return "server.urls: name at least one address, as in http://127.0.0.1:7400.";
        }

        foreach (var text in options.Urls)
        {
            if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.PathAndQuery != "/")
            {
                yield return $"server.urls: \"{text}\" is no address to listen at; expected one like http://127.0.0.1:7400.";
                continue;
            }

            if (url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback && !options.BehindProxy)
            {
                // Keys and tokens would cross the network in the clear.
                yield return $"server.urls: {text} is reached from other machines, so it takes https, or behindProxy: true where a proxy in front ends it.";
            }

            if (url.Scheme == Uri.UriSchemeHttps && options.Certificate is null)
            {
                yield return $"server.urls: {text} takes a certificate; name its PEM file under server.certificate.";
            }

            if (!url.IsLoopback && options.Hosts.Count == 0)
            {
                yield return $"server.hosts: {text} is reached from other machines; name the hosts under which they do, as in liaison.example.com.";
            }
        }
    }

    private static IEnumerable<string> OtherFaults(ServerOptions options)
    {
        foreach (var host in options.Hosts.Where(host => host == "*" || Uri.CheckHostName(host) == UriHostNameType.Unknown))
        {
            yield return $"server.hosts: \"{host}\" is no host; expected a name like liaison.example.com.";
        }

        foreach (var proxy in options.Proxies.Where(proxy => !IPAddress.TryParse(proxy, out _)))
        {
            yield return $"server.proxies: \"{proxy}\" is no IP address.";
        }

        if (options.RequestsPerSecond is < 1 or > 100_000)
        {
            yield return $"server.requestsPerSecond: {options.RequestsPerSecond} is out of range; expected 1 to 100000.";
        }

        if (options.ConcurrentRequests is < 1 or > 10_000)
        {
            yield return $"server.concurrentRequests: {options.ConcurrentRequests} is out of range; expected 1 to 10000.";
        }
    }
}
