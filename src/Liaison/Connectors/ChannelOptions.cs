namespace Liaison.Connectors;

/// <summary>How calls to CRMs are made; the defaults fit all three.</summary>
public sealed class ChannelOptions
{
    /// <summary>Gets or sets how long one attempt may take, from connecting to the last byte.</summary>
    /// <value>The default is 30 seconds.</value>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets how often a call is tried again after its first attempt.</summary>
    /// <value>The default is 3.</value>
    public int Retries { get; set; } = 3;

    /// <summary>Gets or sets the first wait between attempts; each further one doubles it.</summary>
    /// <value>The default is 1 second.</value>
    public TimeSpan FirstBackoff { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets the longest wait between attempts; where a CRM asks for more, the call fails at once and says how much.</summary>
    /// <value>The default is 60 seconds.</value>
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Gets or sets after how many failures in a row the calls to a class of endpoints are held back.</summary>
    /// <value>The default is 5: more than one call's own attempts, so that one record that a CRM stumbles over holds up nothing.</value>
    public int BreakerFailures { get; set; } = 5;

    /// <summary>Gets or sets after how long a call is let through to see whether the CRM is back; each vain one doubles it, up to a minute.</summary>
    /// <value>The default is 5 seconds.</value>
    public TimeSpan BreakerPause { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets the most bytes of an answer, unpacked.</summary>
    /// <value>The default is 64 MiB.</value>
    public int LargestAnswer { get; set; } = 64 * 1024 * 1024;

    /// <summary>Gets or sets how many permits of a day's allowance are taken from the store at once.</summary>
    /// <value>The default is 50; a block that a crash loses counts as spent.</value>
    public int LeaseBlock { get; set; } = 50;
}
