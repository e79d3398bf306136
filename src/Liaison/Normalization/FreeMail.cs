using System.Collections.Frozen;

namespace Liaison.Normalization;

/// <summary>Tells the addresses of free mail providers from those of companies.</summary>
internal static class FreeMail
{
    // Providers with one domain a country: yahoo.fr, hotmail.co.uk, outlook.com.br.
    private static readonly FrozenSet<string> Brands =
        new[] { "yahoo", "ymail", "hotmail", "outlook", "live", "msn", "gmx", "gmail", "googlemail", "aol" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Domains = (
        "icloud.com me.com mac.com proton.me protonmail.com protonmail.ch pm.me tutanota.com tuta.io tutamail.com hey.com fastmail.com fastmail.fm "
        + "mail.com email.com usa.com zoho.com zohomail.com zohomail.eu hushmail.com rocketmail.com verizon.net comcast.net att.net sbcglobal.net "
        + "bellsouth.net cox.net charter.net earthlink.net juno.com rogers.com shaw.ca sympatico.ca videotron.ca btinternet.com sky.com virginmedia.com "
        + "ntlworld.com talktalk.net blueyonder.co.uk eircom.net bigpond.com bigpond.net.au optusnet.com.au xtra.co.nz "
        + "web.de t-online.de freenet.de arcor.de posteo.de mailbox.org 1und1.de online.de vodafone.de aon.at chello.at bluewin.ch sunrise.ch hispeed.ch "
        + "orange.fr wanadoo.fr free.fr laposte.net sfr.fr neuf.fr bbox.fr numericable.fr skynet.be telenet.be proximus.be "
        + "ziggo.nl kpnmail.nl planet.nl home.nl hetnet.nl xs4all.nl chello.nl upcmail.nl "
        + "libero.it virgilio.it tiscali.it alice.it tin.it fastwebnet.it inwind.it telefonica.net terra.es ono.com sapo.pt clix.pt "
        + "telia.com comhem.se bredband.net spray.se home.se online.no start.no mail.dk jubii.dk elisanet.fi kolumbus.fi luukku.com suomi24.fi "
        + "wp.pl o2.pl onet.pl interia.pl op.pl poczta.onet.pl gazeta.pl tlen.pl poczta.fm seznam.cz email.cz centrum.cz volny.cz azet.sk zoznam.sk "
        + "freemail.hu citromail.hu abv.bg mail.bg mail.ru inbox.ru list.ru bk.ru yandex.ru yandex.com ya.ru rambler.ru ukr.net i.ua meta.ua "
        + "qq.com 163.com 126.com sina.com sina.cn sohu.com foxmail.com yeah.net naver.com daum.net hanmail.net nate.com "
        + "docomo.ne.jp ezweb.ne.jp softbank.ne.jp i.softbank.jp rediffmail.com sify.com uol.com.br bol.com.br terra.com.br ig.com.br globo.com "
        + "prodigy.net.mx mynet.com walla.co.il walla.com")
        .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Tells whether an address is at a free provider; <see langword="null"/> for what is no address.</summary>
    public static bool? Holds(string address)
    {
        return DomainOf(address) is { } domain ? HoldsDomain(domain) : null;
    }

    /// <summary>Gives the domain of an address in lower case; <see langword="null"/> for what is no address.</summary>
    public static string? DomainOf(string address)
    {
        var at = address.LastIndexOf('@');
        var domain = at < 1 ? "" : address[(at + 1)..].Trim().TrimEnd('.', '>').ToLowerInvariant();
        var dot = domain.IndexOf('.', StringComparison.Ordinal);
        return dot < 1 || dot == domain.Length - 1 ? null : domain;
    }

    /// <summary>Tells whether a domain, in lower case, is a free provider's.</summary>
    public static bool HoldsDomain(string domain)
    {
        var dot = domain.IndexOf('.', StringComparison.Ordinal);
        return Domains.Contains(domain) || (dot > 0 && Brands.Contains(domain[..dot]) && IsCountryEnding(domain.AsSpan(dot + 1)));
    }

    /// <summary>Whether the rest is an ending such as <c>com</c>, <c>de</c>, <c>co.uk</c>, <c>com.br</c>; <c>live.acme.com</c> is Acme's.</summary>
    private static bool IsCountryEnding(ReadOnlySpan<char> rest) => rest.IndexOf('.') switch
    {
        -1 => rest.Length <= 3,
        var dot => rest[..dot] is "co" or "com" or "ne" && rest[(dot + 1)..].Length == 2,
    };
}
