namespace Liaison.Identity;

/// <summary>Finds what is wrong with an address that credentials are sent to.</summary>
internal static class AddressFaults
{
    public static IEnumerable<string> Of(string at, Uri? url, CrmEnvironment environment)
    {
        if (url is null)
        {
            yield break;
        }

        if (!url.IsAbsoluteUri || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp))
        {
            yield return $"{at}: an absolute https address is wanted.";
        }
        else if (url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback && environment == CrmEnvironment.Production)
        {
            // Tokens and secrets would cross the network in the clear.
            yield return $"{at}: a production account is reached by https only.";
        }
        else if (url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            yield return $"{at}: the address has no user, query or fragment.";
        }
    }
}
