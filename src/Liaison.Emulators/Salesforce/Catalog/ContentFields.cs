namespace Liaison.Emulators.Salesforce.Catalog;

/// <summary>The fields of notes, old and new, and of the content that new ones are kept as (contract section 12).</summary>
internal static class ContentFields
{
    public const string Notes = """
        Id|id|Note Id|DFSGAI
        IsDeleted|boolean|Deleted|DFSG
        ParentId|reference|Parent ID|CFSGA|to=Account,Case,Contact,Lead,Opportunity,Subscription__c|rel=Parent|poly|kids=Notes,cascade
        Title|string 80|Title|CUFSGA|name
        IsPrivate|boolean|Private|CUDFSG
        Body|textarea 32000|Body|CUN|extra=plaintextarea
        OwnerId|reference|Owner ID|CUDFSGA|to=User|rel=Owner
        @system
        """;

    public const string ContentNotes = """
        Id|id|Content Note ID|DFSGAI
        IsDeleted|boolean|Is Deleted|DFSG
        Title|string 255|Title|CUFSGA|name
        FileType|string 20|File Type|NFSGA
        FileExtension|string 40|File Extension|NFSGA
        TextPreview|string 255|Text Preview|NFSGA
        Content|base64|Content|CUN
        ContentSize|int 9|Content Size|NFSGA
        LatestPublishedVersionId|reference|Latest Published Version ID|NFSGA|to=ContentVersion
        IsReadOnly|boolean|Read Only|DFSG
        OwnerId|reference|Owner ID|CUDFSGA|to=User|rel=Owner
        @system
        """;

    public const string Links = """
        Id|id|ContentDocumentLink ID|DFSGAI
        LinkedEntityId|reference|Linked Entity ID|CFSGA|to=Account,Case,Contact,Event,Lead,Opportunity,Subscription__c,Task,User|rel=LinkedEntity|poly|kids=ContentDocumentLinks,cascade
        ContentDocumentId|reference|ContentDocument ID|CFSGA|to=ContentDocument|rel=ContentDocument|kids=ContentDocumentLinks,cascade
        IsDeleted|boolean|Is Deleted|DFSG
        SystemModstamp|datetime|System Modstamp|DFSA
        ShareType|picklist 40|Share Type|CUNFSGAR|picks=V:Viewer,C:Collaborator,I:Inferred
        Visibility|picklist 40|Visibility|CUNDFSGAR|picks=AllUsers*,InternalUsers,SharedUsers
        """;

    public const string Documents = """
        Id|id|ContentDocument ID|DFSGAI
        CreatedById|reference|Created By ID|DFSGA|to=User|rel=CreatedBy
        CreatedDate|datetime|Created Date|DFSA
        LastModifiedById|reference|Last Modified By ID|DFSGA|to=User|rel=LastModifiedBy
        LastModifiedDate|datetime|Last Modified Date|DFSA
        IsArchived|boolean|Is Archived|DFSG
        IsDeleted|boolean|Is Deleted|DFSG
        OwnerId|reference|Owner ID|UFSGA|to=User|rel=Owner
        SystemModstamp|datetime|System Modstamp|DFSA
        Title|string 255|Title|UFSGA|name
        FileType|string 20|File Type|NFSGA
        FileExtension|string 40|File Extension|NFSGA
        ContentSize|int 9|Content Size|NFSGA
        LatestPublishedVersionId|reference|Latest Published Version ID|NFSGA|to=ContentVersion
        """;
}
