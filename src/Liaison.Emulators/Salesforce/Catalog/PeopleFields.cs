namespace Liaison.Emulators.Salesforce.Catalog;

/// <summary>The fields of users, roles, profiles, queues and of the org itself.</summary>
internal static class PeopleFields
{
    public const string Users = """
        Id|id|User ID|DFSGAI
        Username|string 80|Username|CUFSGAI
        LastName|string 80|Last Name|CUFSGA|in=Name|extra=personname
        FirstName|string 40|First Name|CUNFSGA|in=Name|extra=personname
        Name|string 121|Full Name|FSGA|extra=personname|name
        CompanyName|string 80|Company Name|CUNFSGA
        Division|string 80|Division|CUNFSGA
        Department|string 80|Department|CUNFSGA
        Title|string 80|Title|CUNFSGA
        Email|email 128|Email|CUFSGAI
        Phone|phone 40|Phone|CUNFSGA
        MobilePhone|phone 40|Mobile|CUNFSGA
        Alias|string 8|Alias|CUFSGA
        CommunityNickname|string 40|Nickname|CUFSGA
        IsActive|boolean|Active|CUDFSG
        TimeZoneSidKey|picklist 40|Time Zone|CUFSGAR|picks=Europe/Berlin,Europe/London,Europe/Paris,Europe/Madrid,Europe/Stockholm,America/New_York,America/Chicago,America/Denver,America/Los_Angeles,Asia/Tokyo,Asia/Singapore,Australia/Sydney,GMT
        UserRoleId|reference|Role ID|CUNFSGA|to=UserRole|rel=UserRole|kids=Users
        LocaleSidKey|picklist 40|Locale|CUFSGAR|picks=en_US,en_GB,de_DE,fr_FR,sv_SE
        EmailEncodingKey|picklist 40|Email Encoding|CUFSGAR|picks=UTF-8,ISO-8859-1
        ProfileId|reference|Profile ID|CUFSGA|to=Profile|rel=Profile|kids=Users
        UserType|picklist 40|User Type|NFSGAR|picks=Standard,PowerPartner,CsnOnly,Guest
        LanguageLocaleKey|picklist 40|Language|CUFSGAR|picks=en_US,de,fr,sv
        EmployeeNumber|string 20|Employee Number|CUNFSGA
        ManagerId|reference|Manager ID|CUNFSGA|to=User|rel=Manager
        LastLoginDate|datetime|Last Login|NFSA
        @system
        FederationIdentifier|string 512|SAML Federation ID|CUNFSGAI
        """;

    public const string Roles = """
        Id|id|Role ID|DFSGAI
        Name|string 80|Name|CUFSGA|name
        ParentRoleId|reference|Parent Role ID|CUNFSGA|to=UserRole
        RollupDescription|string 80|Description|CUNFSGA
        DeveloperName|string 80|Developer Name|CUFSGA
        LastModifiedDate|datetime|Last Modified Date|DFSA
        LastModifiedById|reference|Last Modified By ID|DFSGA|to=User|rel=LastModifiedBy
        SystemModstamp|datetime|System Modstamp|DFSA
        """;

    public const string Profiles = """
        Id|id|Profile ID|DFSGAI
        Name|string 255|Name|CUFSGA|name
        UserType|picklist 40|User Type|NFSGAR|picks=Standard
        Description|string 255|Description|CUNFSGA
        @system
        """;

    public const string Groups = """
        Id|id|Group ID|DFSGAI
        Name|string 40|Name|CUFSGA|name
        DeveloperName|string 80|Developer Name|CUNFSGA
        Type|picklist 40|Type|CFSGAR|picks=Regular,Queue,Role,RoleAndSubordinates,Organization
        Email|email 255|Email|CUNFSGA
        @system
        """;

    public const string Organizations = """
        Id|id|Organization ID|DFSGAI
        Name|string 80|Name|UFSGA|name
        Division|string 80|Division|UNFSGA
        Street|textarea 255|Street|UNFSGA|in=Address|extra=plaintextarea
        City|string 40|City|UNFSGA|in=Address
        State|string 80|State/Province|UNFSGA|in=Address
        PostalCode|string 20|Zip/Postal Code|UNFSGA|in=Address
        Country|string 80|Country|UNFSGA|in=Address
        Latitude|double 18.15|Latitude|UNFSA|in=Address
        Longitude|double 18.15|Longitude|UNFSA|in=Address
        GeocodeAccuracy|picklist 40|Geocode Accuracy|UNFSGAR|in=Address|picks=@GeocodeAccuracy
        Address|address|Address|NF
        Phone|phone 40|Phone|UNFSGA
        PrimaryContact|string 80|Primary Contact|UNFSGA
        DefaultLocaleSidKey|picklist 40|Locale|UFSGAR|picks=en_US,en_GB,de_DE
        TimeZoneSidKey|picklist 40|Time Zone|UFSGAR|picks=Europe/Berlin,Europe/London,America/New_York,America/Los_Angeles,GMT
        LanguageLocaleKey|picklist 40|Language|UFSGAR|picks=en_US,de
        FiscalYearStartMonth|int 9|Fiscal Year Starts In|NFSGA
        DefaultAccountAccess|picklist 40|Default Account Access|NFSGAR|picks=None:Private,Read,Edit
        DefaultContactAccess|picklist 40|Default Contact Access|NFSGAR|picks=None:Private,Read,Edit,ControlledByParent
        DefaultOpportunityAccess|picklist 40|Default Opportunity Access|NFSGAR|picks=None:Private,Read,Edit
        DefaultLeadAccess|picklist 40|Default Lead Access|NFSGAR|picks=None:Private,Read,Edit,ReadEditTransfer
        DefaultCaseAccess|picklist 40|Default Case Access|NFSGAR|picks=None:Private,Read,Edit,ReadEditTransfer
        OrganizationType|picklist 40|Edition|NFSGAR|picks=Developer Edition,Enterprise Edition,Unlimited Edition
        NamespacePrefix|string 15|Namespace Prefix|NFSGA
        InstanceName|string 5|Instance Name|NFSGA
        IsSandbox|boolean|Is Sandbox|DFSG
        TrialExpirationDate|datetime|Trial Expiration Date|NFSA
        @system
        """;

    public const string RecordAccess = """
        Id|id|User Record Access ID|DFSGA
        UserId|reference|User ID|FSGA|to=User
        RecordId|picklist 18|Record ID|FSGA
        HasReadAccess|boolean|Has Read Access|DFSG
        HasEditAccess|boolean|Has Edit Access|DFSG
        HasDeleteAccess|boolean|Has Delete Access|DFSG
        HasTransferAccess|boolean|Has Transfer Access|DFSG
        HasAllAccess|boolean|Has All Access|DFSG
        MaxAccessLevel|picklist 40|Max Access Level|NFSGAR|picks=None,Read,Edit,Delete,Transfer,All
        """;
}
