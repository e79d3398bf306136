namespace Liaison.Alerts;

/// <summary>How alerts reach people: bound from <c>alerts</c> in <c>liaison.yaml</c>.</summary>
public sealed class AlertOptions
{
    /// <summary>Gets or sets how many minutes a kind of alert on one connection for one cause is not told again.</summary>
    /// <value>The default is 15. Range 1 to 1,440.</value>
    public int QuietMinutes { get; set; } = 15;

    /// <summary>Gets or sets how many days alerts are kept, delivered or not.</summary>
    /// <value>The default is 30. Range 1 to 365.</value>
    public int KeepDays { get; set; } = 30;

    /// <summary>Gets or sets where alerts are sent beside the log.</summary>
    /// <value>The default is <see langword="null"/>: nowhere.</value>
    public WebhookOptions? Webhook { get; set; }
}

/// <summary>A receiver of alerts: each is a signed POST, tried again until it is taken.</summary>
public sealed class WebhookOptions
{
    /// <summary>Gets or sets the address; https, or http on loopback.</summary>
    public Uri? Url { get; set; }

    /// <summary>Gets or sets the reference to the secret that signatures are made with: <c>env:</c>, <c>file:</c> or <c>store:</c>.</summary>
    public string? Secret { get; set; }
}

/// <summary>Finds every fault of <see cref="AlertOptions"/> but those of the secret's reference.</summary>
public static class AlertOptionsValidator
{
    /// <summary>Gives one sentence a fault, each beginning with the path of its key.</summary>
    public static IEnumerable<string> Faults(AlertOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.QuietMinutes is < 1 or > 1_440)
        {
            yield return $"alerts.quietMinutes: {options.QuietMinutes} is out of range; expected 1 to 1440.";
        }

        if (options.KeepDays is < 1 or > 365)
        {
            yield return $"alerts.keepDays: {options.KeepDays} is out of range; expected 1 to 365.";
        }

        if (options.Webhook is not { } webhook)
        {
            yield break;
        }

        if (webhook.Url is not { IsAbsoluteUri: true } url || (url.Scheme != Uri.UriSchemeHttps && !(url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)))
        {
            yield return "alerts.webhook.url: expected an https address, or an http address on loopback.";
        }

        if (string.IsNullOrEmpty(webhook.Secret))
        {
            yield return "alerts.webhook.secret: a receiver that cannot prove who sent an alert must not believe it; name the secret, as in env:ALERT_SECRET.";
        }
    }
}
