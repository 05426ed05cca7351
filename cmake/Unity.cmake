# Which libraries unity builds join. The presets asan, tsan and release compile their files eight
# at a time, as one, so that coroutines and templates are instantiated once for all of them. `dev`
# compiles each by itself, which also shows that it includes what it uses. Tests stay single: each
# file has a Scene, a Fixture or a kNow of its own. Names in the unnamed
# namespaces of a listed library differ (docs/WHERE.md, "When names clash").
set(GUILDHALL_UNITY_LIBRARIES
    guildhall_app guildhall_base guildhall_classic guildhall_federation guildhall_gateway
    guildhall_journal guildhall_media guildhall_ops guildhall_pages guildhall_peering
    guildhall_protocol guildhall_rest guildhall_services guildhall_store guildhall_tables)

option(GUILDHALL_UNITY "Compile the files of some libraries together" OFF)

function(guildhall_unity name)
    if(GUILDHALL_UNITY AND name IN_LIST GUILDHALL_UNITY_LIBRARIES)
        set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
    endif()
endfunction()
